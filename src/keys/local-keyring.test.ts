// The local keyring: who may open it, and that it is made once.
import assert from "node:assert/strict";
import { argon2Sync, randomBytes } from "node:crypto";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { openLocalKeyring } from "./local-keyring.ts";

const PASSPHRASE = "a passphrase for this test";
const CONTEXT = Buffer.from("context");
const run = promisify(execFile);
let parent: string;
let count = 0;

const newFolder = (): string => join(parent, `keyring-${(count += 1)}`);

before(async () => {
  parent = await mkdtemp(join(tmpdir(), "uberrima-keyring-"));
});
after(() => rm(parent, { recursive: true, force: true }));

test("Argon2id agrees with RFC 9106", () => {
  const { tests } = JSON.parse(readFileSync(new URL("../../vectors/argon2id.json", import.meta.url), "utf8"));
  assert.equal(tests.length, 1);
  const [vector] = tests;
  const hex = (text: string): Buffer => Buffer.from(text, "hex");
  const tag = argon2Sync("argon2id", {
    message: hex(vector.password),
    nonce: hex(vector.salt),
    secret: hex(vector.secret),
    associatedData: hex(vector.associatedData),
    memory: vector.memoryKib,
    passes: vector.passes,
    parallelism: vector.parallelism,
    tagLength: 32,
  });
  assert.equal(tag.toString("hex"), vector.tag);
});

for (const passphrase of [PASSPHRASE, undefined]) {
  describe(passphrase === undefined ? "in an owner-only file" : "sealed under a passphrase", () => {
    const given = passphrase === undefined ? {} : { passphrase };

    test("opens to the same root key again", async () => {
      const folder = newFolder();
      const first = await openLocalKeyring({ folder, ...given });
      const wrapped = await first.provider.wrap(Buffer.from("a domain key"), CONTEXT);
      const second = await openLocalKeyring({ folder, ...given });
      assert.equal((await second.provider.unwrap(wrapped, CONTEXT)).toString(), "a domain key");
    });

    test("unwraps in no other context, under no other root key, and nothing changed", async () => {
      const folder = newFolder();
      const { provider } = await openLocalKeyring({ folder, ...given });
      const other = await openLocalKeyring({ folder: newFolder(), ...given });
      const wrapped = await provider.wrap(randomBytes(32), CONTEXT);
      const changed = Uint8Array.from(wrapped);
      changed[20] = (changed[20] ?? 0) ^ 1;
      await assert.rejects(provider.unwrap(wrapped, Buffer.from("contexu")), { code: "does-not-open" });
      await assert.rejects(provider.unwrap(changed, CONTEXT), { code: "does-not-open" });
      await assert.rejects(other.provider.unwrap(wrapped, CONTEXT), { code: "does-not-open" });
    });

    test("lets nobody else enter the folder or read the file", async () => {
      const folder = newFolder();
      await openLocalKeyring({ folder, ...given });
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      assert.equal((await stat(join(folder, "buckets"))).mode & 0o777, 0o700);
      assert.equal((await stat(join(folder, "root.json"))).mode & 0o777, 0o600);
      await chmod(join(folder, "root.json"), 0o640);
      await assert.rejects(openLocalKeyring({ folder, ...given }), { code: "keyring-permissions" });
      await chmod(join(folder, "root.json"), 0o600);
      await chmod(folder, 0o701);
      await assert.rejects(openLocalKeyring({ folder, ...given }), { code: "keyring-permissions" });
    });

    test("refuses a file that is a link to another place", async () => {
      const folder = newFolder();
      await openLocalKeyring({ folder, ...given });
      const elsewhere = join(parent, `elsewhere-${count}`);
      await writeFile(elsewhere, await readFile(join(folder, "root.json")), { mode: 0o600 });
      await rm(join(folder, "root.json"));
      await symlink(elsewhere, join(folder, "root.json"));
      await assert.rejects(openLocalKeyring({ folder, ...given }), { code: "keyring-permissions" });
    });

    test("is made once by processes that start together", async () => {
      const folder = newFolder();
      const program = `
        const { openLocalKeyring } = await import(${JSON.stringify(new URL("local-keyring.ts", import.meta.url).href)});
        const { provider } = await openLocalKeyring(${JSON.stringify({ folder, ...given })});
        const wrapped = await provider.wrap(Buffer.from("made by a process"), Buffer.from("context"));
        process.stdout.write(Buffer.from(wrapped).toString("hex"));`;
      const starts = Array.from({ length: 4 }, () => run(process.execPath, ["--input-type=module", "--eval", program]));
      const wrapped = (await Promise.all(starts)).map(({ stdout }) => Buffer.from(stdout, "hex"));
      const { provider } = await openLocalKeyring({ folder, ...given });
      for (const each of wrapped) assert.equal((await provider.unwrap(each, CONTEXT)).toString(), "made by a process");
      assert.deepEqual((await readdir(folder)).toSorted(), ["buckets", "root.json"]);
    });
  });
}

test("a wrong passphrase and a changed file are refused alike", async () => {
  const folder = newFolder();
  await openLocalKeyring({ folder, passphrase: PASSPHRASE });
  const locked = {
    code: "keyring-locked",
    message: "the keyring does not open: wrong passphrase, or its file was changed",
  };
  await assert.rejects(openLocalKeyring({ folder, passphrase: `${PASSPHRASE}.` }), locked);
  const path = join(folder, "root.json");
  const root = JSON.parse(await readFile(path, "utf8"));
  for (const changed of [
    { ...root, passes: 4 },
    { ...root, passes: 1 },
    { ...root, memoryKib: 8 },
    { ...root, memoryKib: 2 ** 30 },
    { ...root, salt: "AAAA" },
    { ...root, sealed: root.sealed.slice(4) },
    { ...root, extra: true },
    [],
  ]) {
    await writeFile(path, JSON.stringify(changed));
    await assert.rejects(openLocalKeyring({ folder, passphrase: PASSPHRASE }), locked);
  }
  await writeFile(path, "{ not json");
  await assert.rejects(openLocalKeyring({ folder, passphrase: PASSPHRASE }), locked);
});

test("a passphrase is demanded for a sealed keyring, and refused for one that is not", async () => {
  const [sealed, bare] = [newFolder(), newFolder()];
  await openLocalKeyring({ folder: sealed, passphrase: PASSPHRASE });
  await openLocalKeyring({ folder: bare });
  await assert.rejects(openLocalKeyring({ folder: sealed }), { code: "keyring-mode" });
  await assert.rejects(openLocalKeyring({ folder: bare, passphrase: PASSPHRASE }), { code: "keyring-mode" });
});

test("a short passphrase makes no keyring", async () => {
  const folder = newFolder();
  await assert.rejects(openLocalKeyring({ folder, passphrase: "too short" }), { code: "passphrase-too-short" });
  assert.ok(!existsSync(join(folder, "root.json")));
});

test("the derivation costs at least what RFC 9106 recommends", async () => {
  const folder = newFolder();
  await openLocalKeyring({ folder, passphrase: PASSPHRASE });
  const root = JSON.parse(await readFile(join(folder, "root.json"), "utf8"));
  assert.deepEqual([root.memoryKib, root.passes, root.parallelism], [65_536, 3, 4]);
  assert.equal(Buffer.from(root.salt, "base64").length, 16);
});
