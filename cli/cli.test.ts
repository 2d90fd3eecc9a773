// The command line as a real process: help, usage errors, exit codes, and what it refuses before it reaches any server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createHash, generateKeyPairSync } from "node:crypto";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { test, type TestContext } from "node:test";
import { createProgram } from "./program.ts";
import { runCli } from "./test-cli.ts";

const COMMANDS = [
  "start",
  "init",
  "client",
  "client create",
  "client list",
  "client suspend",
  "client rotate",
  "assignment create",
  "assignment list",
  "assignment end",
  "flag set",
  "flag end",
  "customer create",
  "customer unit",
  "certificate",
  "verify certificate",
  "hold place",
  "hold list",
  "hold check",
  "hold release",
  "hold decide",
  "import",
  "search",
  "show",
  "disclose",
  "accounting",
  "seen-by",
  "receipt",
  "log",
  "erase",
  "keys rotate",
  "schema leakage",
  "verify receipt",
  "verify promise",
  "verify log",
  "verify key",
  "verify data",
  "review start",
  "review list",
  "review show",
  "review decide",
  "review close",
  "review cancel",
  "review export",
];

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "uberrima-cli-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

test("every command explains itself", async () => {
  for (const command of COMMANDS) {
    const written: string[] = [];
    const sink = new Writable({ write: (part: Buffer, _, done) => (written.push(part.toString()), done()) });
    const world = { environment: {}, streams: { input: Readable.from([]), output: sink, errors: sink } };
    const program = createProgram(world, "0.0.0");
    await assert.rejects(program.parseAsync(["node", "uberrima", ...command.split(" "), "--help"]), { exitCode: 0 });
    assert.match(written.join(""), new RegExp(`^Usage: uberrima ${command}`), command);
  }
});

test("the help of start names every setting that the server reads", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const declared = read("../src/config.ts") + read("../src/config-events.ts");
  const settings = [...declared.matchAll(/^ {2}(UBERRIMA_\w+):/gm)].map(([, name]) => name ?? "");
  assert.ok(settings.length > 10);
  const help = read("commands/start.ts");
  assert.deepEqual(
    settings.filter((name) => !help.includes(name)),
    [],
  );
});

test("wrong usage ends with 2 and says how to go on", async () => {
  for (const args of [
    ["nonsense"],
    ["search"],
    ["show", "x", "--purpose", "curiosity"],
    ["verify", "receipt", "/nowhere", "--key", "k"],
  ]) {
    const { code, errors } = await runCli(args);
    assert.equal(code, 2, args.join(" "));
    assert.notEqual(errors, "");
  }
});

test("a word that is not on a closed list is answered with the list", async () => {
  const create = ["client", "create", "--name", "x", "--role", "csr", "--token-out", "/nowhere/token"];
  for (const [option, word] of [
    ["--purpose", "policy-servicing"],
    ["--class", "identity"],
    ["--row-scope", "everything-masked"],
  ] as const) {
    const { code, errors } = await runCli([...create, option, "nonsense"]);
    assert.equal(code, 2, errors);
    assert.ok(errors.includes(word), errors);
  }
});

test("no server ends with 1 and says how to run one", async () => {
  const { code, errors } = await runCli(["log", "--url", "http://127.0.0.1:1"]);
  assert.equal(code, 1);
  assert.match(errors, /no answer from http:\/\/127\.0\.0\.1:1/);
  assert.match(errors, /uberrima start/);
});

test("--json prints failures as one JSON document too", async () => {
  const { code, errors } = await runCli(["log", "--url", "http://127.0.0.1:1", "--json"]);
  assert.equal(code, 1);
  assert.equal((JSON.parse(errors) as { code: string }).code, "unreachable");
});

test("a token that others can read is not used", async (context) => {
  const file = join(await folder(context), "token");
  await writeFile(file, `ubc_${"a".repeat(40)}\n`, { mode: 0o600 });
  await chmod(file, 0o644);
  const { code, errors } = await runCli(["client", "list", "--token-file", file]);
  assert.equal(code, 1);
  assert.match(errors, /can be read by others/);
  assert.match(errors, /chmod 600/);
});

test("a token is not sent over http beyond this machine", async () => {
  const { code, errors } = await runCli(["client", "list", "--url", "http://192.0.2.1:7450"], {
    UBERRIMA_TOKEN: "x".repeat(40),
  });
  assert.equal(code, 2);
  assert.match(errors, /refusing to send a token over http/);
});

test("where a secret would go is settled before it is made", async (context) => {
  const path = await folder(context);
  const file = join(path, "taken");
  await writeFile(file, "something");
  const { code, errors } = await runCli(["init", "--data", path, "--token-out", file]);
  assert.equal(code, 1);
  assert.match(errors, /exists already/);
  assert.equal((await stat(file)).size, "something".length);
});

test("a receipt that is none ends with 3, and a key that is none with 2", async (context) => {
  const file = join(await folder(context), "receipt.txt");
  await writeFile(file, "c2sp.org/tlog-proof@v1\n");
  const { code, errors } = await runCli(["verify", "receipt", file, "--key", verifierKey("log.example")]);
  assert.equal(code, 3, errors);
  assert.match(errors, /NOT VERIFIED \(malformed\)/);
  assert.equal((await runCli(["verify", "receipt", file, "--key", "log.example+nonsense"])).code, 2);
  assert.equal((await runCli(["verify", "receipt", file])).code, 2);
});

/** A good key of a log that never signed anything (c2sp.org/signed-note). */
function verifierKey(name: string): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([1]), raw]);
  const id = createHash("sha256").update(`${name}\n`).update(typed).digest("hex").slice(0, 8);
  return `${name}+${id}+${typed.toString("base64")}`;
}

test("a refusal does not repeat what was typed in the wrong place", async () => {
  const typed = "Zqvalue 'of' somebody";
  for (const args of [
    ["disclose", "0198", "--purpose", typed],
    ["disclose", "0198", "--purpose", "billing", "--form", typed],
    [typed],
    ["disclose", `--${typed}`],
    ["accounting", "0198", "--purpose", "audit", "--from", typed],
  ]) {
    const { code, output, errors } = await runCli(args);
    assert.equal(code, 2, errors);
    assert.ok(!(output + errors).includes("Zqvalue"), errors);
  }
});
