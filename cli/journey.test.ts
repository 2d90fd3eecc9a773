// The whole command line against a whole server, both as processes of their own, from an empty folder to an erasure.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type CliRun, runCli } from "./test-cli.ts";
import { tryCertificate, tryDisposal, tryHolds } from "./test-journey-holds.ts";

const CLI = join(import.meta.dirname, "main.ts");

let folder: string;
let server: ChildProcess;
let ended: Promise<number | null>;
let url: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-journey-"));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("UBERRIMA_"));
  const settings = { UBERRIMA_DATA: file("data"), UBERRIMA_PORT: "0", UBERRIMA_LEASE_SECONDS: "5" };
  server = spawn(process.execPath, [CLI, "start"], { env: { ...Object.fromEntries(inherited), ...settings } });
  ended = new Promise((resolve) => server.on("exit", resolve));
  url = await new Promise((resolve, reject) => {
    const output: string[] = [];
    const read = (part: Buffer): void => {
      output.push(part.toString());
      const found = /"url":"([^"]+)"/.exec(output.join(""))?.[1];
      if (found !== undefined) resolve(found);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    void ended.then(() => reject(new Error(output.join(""))));
  });
});

after(async () => {
  server.kill("SIGTERM");
  assert.equal(await ended, 0, "the server did not end in good order");
  await rm(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);

function cli(token: string, args: readonly string[], input?: string): Promise<CliRun> {
  return runCli(args, { UBERRIMA_URL: url, UBERRIMA_TOKEN_FILE: file(token) }, input);
}

/** Runs a command that must end well and answers its JSON document. */
async function json<Answer>(token: string, args: readonly string[], input?: string): Promise<Answer> {
  const { code, output, errors } = await cli(token, [...args, "--json"], input);
  assert.equal(code, 0, `${args.join(" ")}: ${errors}`);
  return JSON.parse(output) as Answer;
}

interface Made {
  readonly clientId: string;
}

async function makeClient(name: string, role: string, purpose: string, ...more: readonly string[]): Promise<string> {
  const options = ["--name", name, "--role", role, "--purpose", purpose, "--token-out", file(name), ...more];
  return (await json<Made>("admin", ["client", "create", ...options])).clientId;
}

const ROWS = ["--entity", "acme", "--line", "auto"];
const customer = {
  kind: "person",
  units: [
    {
      kind: "relationship",
      entity: "acme",
      brand: "acme",
      line: "auto",
      records: [
        {
          type: "person",
          fields: {
            "first-name": "Ada",
            "last-name": "Marlowe",
            "birth-date": "1980-02-01",
          },
        },
      ],
    },
    {
      kind: "claim",
      entity: "acme",
      brand: "acme",
      line: "auto",
      records: [
        {
          type: "claim",
          fields: {
            number: "C-2026-118",
            narrative: "rear-ended at a crossing",
          },
        },
      ],
    },
  ],
};

const FEED_COLUMNS = Object.fromEntries(
  "sex ssn driver_licence street city state zip email phone account_number routing_number occupation annual_income marital_status"
    .split(" ")
    .map((column) => [column, ""]),
);

interface Written {
  readonly customerId: string;
  readonly units: readonly { readonly unitId: string; readonly kind: string }[];
}

test("from an empty folder to an erasure, every command does what it says", async (context) => {
  let desk = "";
  let written: Written = { customerId: "", units: [] };
  let logKey = "";

  await context.test(
    "init makes the first administrator once, its token in an owner-only file and not on the screen",
    async () => {
      const options = ["init", "--data", file("data"), "--token-out", file("admin")];
      const { code, output, errors } = await runCli(options);
      assert.equal(code, 0, errors);
      assert.equal(statSync(file("admin")).mode & 0o777, 0o600);
      assert.ok(!output.includes(readFileSync(file("admin"), "utf8").trim()));
      const again = await runCli(["init", "--data", file("data"), "--token-out", file("again")]);
      assert.equal(again.code, 1);
      assert.match(again.errors, /a client exists/);
      assert.ok(!existsSync(file("again")));
    },
  );

  await context.test("clients are created, listed, suspended and resumed", async () => {
    desk = await makeClient("desk", "claims-adjuster", "claim-handling", ...ROWS);
    await makeClient("auditor", "internal-auditor", "audit", ...ROWS);
    await makeClient("officer", "dpo", "data-subject-request", ...ROWS);
    await makeClient("custodian", "security-admin", "incident-response", "--row-scope", "none");
    await makeClient("lawyer", "litigation", "litigation", ...ROWS);
    await makeClient("overseer", "compliance", "audit", "--row-scope", "everything-masked", ...ROWS);
    const { items } = await json<{ items: readonly Made[] }>("admin", ["client", "list"]);
    assert.equal(items.length, 7);
    await json("admin", ["client", "suspend", desk]);
    assert.equal((await cli("desk", ["schema", "show"])).code, 1);
    await json("admin", ["client", "resume", desk]);
    assert.equal((await cli("desk", ["schema", "show"])).code, 0);
  });

  await context.test("a customer is sealed from a document, and assigned", async () => {
    await writeFile(file("customer.json"), JSON.stringify(customer));
    written = await json("desk", ["customer", "create", file("customer.json")]);
    const claim = written.units.find(({ kind }) => kind === "claim")?.unitId ?? "";
    await json("admin", [
      "assignment",
      "create",
      written.customerId,
      "--client",
      desk,
      "--kind",
      "claim",
      "--unit",
      claim,
    ]);
    const { items } = await json<{ items: readonly object[] }>("admin", ["assignment", "list", "--client", desk]);
    assert.equal(items.length, 1);
  });

  await context.test(
    "show masks, disclose opens with a receipt and a promise, both of which verify offline",
    async () => {
      const shown = await cli("desk", ["show", written.customerId, "--purpose", "claim-handling"]);
      assert.equal(shown.code, 0, shown.errors);
      assert.ok(!shown.output.includes("Marlowe"));
      const papers = ["--receipt", file("receipt.txt"), "--promise", file("promise.json")];
      const fields = ["--field", "person.last-name", "--field", "claim.narrative"];
      const disclosed = await cli("desk", [
        "disclose",
        written.customerId,
        "--purpose",
        "claim-handling",
        ...fields,
        ...papers,
      ]);
      assert.equal(disclosed.code, 0, disclosed.errors);
      assert.match(disclosed.output, /Marlowe/);
      const keys = await json<{ logKey: string; promiseKey: string }>("desk", ["log"]);
      logKey = keys.logKey;
      assert.equal((await runCli(["verify", "receipt", file("receipt.txt"), "--key", logKey])).code, 0);
      assert.equal((await runCli(["verify", "promise", file("promise.json"), "--key", keys.promiseKey])).code, 0);
      const receipt = readFileSync(file("receipt.txt"), "utf8");
      await writeFile(file("forged.txt"), receipt.replace(/^index \d+$/m, "index 0"));
      assert.equal((await runCli(["verify", "receipt", file("forged.txt"), "--key", logKey])).code, 3);
    },
  );

  await context.test("what is denied says why and what would permit it, and ends with 1", async () => {
    const args = ["disclose", written.customerId, "--purpose", "claim-handling", "--field", "government-id.ssn"];
    const { code, output, errors } = await cli("desk", args);
    assert.equal(code, 1);
    assert.match(output, /government-id\.ssn\s+denied/);
    assert.match(errors, /denied/);
  });

  await context.test("search takes its values from standard input and finds what is in hand", async () => {
    const args = ["search", "claim-number", "--purpose", "claim-handling", "--value-file", "-"];
    const found = await json<{ hits: readonly { customerId: string }[] }>("desk", args, '{"number":"C-2026-118"}');
    assert.deepEqual(
      found.hits.map((hit) => hit.customerId),
      [written.customerId],
    );
    const broken = await cli("desk", args, '{"number": Marlowe');
    assert.equal(broken.code, 2);
    assert.ok(!broken.errors.includes("Marlowe"));
  });

  await context.test("a feed is imported with its totals, its rejects listed, and again without effect", async () => {
    await makeClient("feed", "service-account", "administration", "--entity", "sample-mutual", "--line", "general");
    const good = {
      customer_number: "C-1",
      first_name: "Ada",
      last_name: "Marlowe",
      birth_date: "1980-02-01",
      country: "US",
    };
    const rows = [good, { ...good, customer_number: "C-2", birth_date: "Marlowe" }];
    await writeFile(
      file("customers.ndjson"),
      rows.map((row) => `${JSON.stringify({ ...FEED_COLUMNS, ...row })}\n`).join(""),
    );
    const { items } = await json<{ items: readonly { name: string }[] }>("feed", ["mappings"]);
    assert.ok(items.some(({ name }) => name === "sample-customers"));
    const args = ["import", file("customers.ndjson"), "--mapping", "sample-customers"];
    const first = await cli("feed", args);
    assert.equal(first.code, 4, first.errors);
    assert.match(first.errors, /1 row was refused/);
    assert.match(first.output, /rows +2\n/);
    assert.match(first.output, /rejected +1\n/);
    assert.match(first.output, /2 +person\.birth-date/);
    assert.ok(!first.output.includes("Marlowe"));
    const second = await cli("feed", args);
    assert.equal(second.code, 4, "a file that was imported but for refused rows must not pass for imported");
    assert.match(second.output, /imported before, nothing changed/);
    assert.equal((await cli("feed", ["import", file("nowhere.csv"), "--mapping", "sample-customers"])).code, 2);
  });

  await context.test("flags are set and ended by the privacy officer", async () => {
    const set = ["flag", "set", written.customerId, "--kind", "protection-order", "--reason", "order 114"];
    const { flagId } = await json<{ flagId: string }>("officer", set);
    await json("officer", ["flag", "end", written.customerId, flagId]);
    assert.equal((await cli("desk", set)).code, 1);
  });

  await context.test("the auditor sees who saw whom", async () => {
    const accounting = await json<{ items: readonly object[] }>("auditor", ["accounting", written.customerId]);
    assert.ok(accounting.items.length >= 3);
    const seen = ["seen-by", desk, "--from", "2020-01-01", "--to", "2100-01-01"];
    const { items } = await json<{ items: readonly { customerId: string }[] }>("auditor", seen);
    assert.deepEqual(
      items.map((item) => item.customerId),
      [written.customerId],
    );
  });

  await context.test("a key is rotated while serving, and searches still find", async () => {
    const rotation = await json<{ version: number }>("custodian", ["keys", "rotate", "--domain", "index"]);
    assert.equal(rotation.version, 2);
    const args = ["search", "claim-number", "--purpose", "claim-handling", "--value-file", "-"];
    const found = await json<{ hits: readonly object[] }>("desk", args, '{"number":"C-2026-118"}');
    assert.equal(found.hits.length, 1);
  });

  await context.test("what is open or under a legal hold is not erased", () => tryHolds({ cli, json }, written));

  const to = file("disposal.json");
  await context.test("what falls due is disposed of", () => tryDisposal({ cli, json, runCli }, { to, logKey }));

  await context.test("an erasure becomes final with a certificate, and proofs go on verifying", async () => {
    const erase = ["erase", written.customerId, "--reason", "request 88"];
    assert.equal((await cli("officer", erase)).code, 2, "without a terminal it needs --yes");
    await tryCertificate({ json, runCli }, { erase, to: file("certificate.json"), logKey });
    const args = ["disclose", written.customerId, "--purpose", "claim-handling", "--field", "person.last-name"];
    const { code, output } = await cli("desk", args);
    assert.equal(code, 1);
    assert.ok(!output.includes("Marlowe"));
    assert.equal((await runCli(["verify", "receipt", file("receipt.txt"), "--key", logKey])).code, 0);
  });

  await context.test("log and data verify, and the checkpoint is remembered", async () => {
    const args = ["verify", "log", `${url}/log`, "--key", logKey, "--remember", file("checkpoint.txt")];
    assert.equal((await runCli(args)).code, 0);
    const again = await runCli([...args, "--json"]);
    assert.equal(again.code, 0);
    assert.notEqual((JSON.parse(again.output) as { continues: number | null }).continues, null);
    const data = await json<{ findings: readonly object[] }>("auditor", ["verify", "data"]);
    assert.deepEqual(data.findings, []);
    const leakage = await cli("desk", ["schema", "leakage"]);
    assert.match(leakage.output, /without keys/);
  });
});
