// `uberrima package`, as people use it: looked at, sent, listed, picked up once and opened, revoked, and a token traced back, against a real server.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { openTestSharing } from "../src/packages/test-sharing.ts";
import { type CliRun, runCli } from "./test-cli.ts";

interface Held {
  readonly lines: readonly { readonly fields: Readonly<Record<string, string>> }[];
}
interface Made {
  readonly package: { readonly packageId: string };
  readonly secret: string;
}

test("a package is looked at, sent, picked up once, revoked, and its token traced back from the command line", async (context) => {
  const sharing = await openTestSharing();
  context.after(() => sharing.close());
  const folder = await mkdtemp(join(tmpdir(), "uberrima-package-"));
  context.after(() => rm(folder, { recursive: true }));
  const identity = await generateX25519Identity();
  const { recipientId } = await sharing.recipient(await identityToRecipient(identity));
  const { customerId } = await sharing.customer();
  const cli = (...args: readonly string[]): Promise<CliRun> =>
    runCli(["package", ...args], { UBERRIMA_URL: sharing.url, UBERRIMA_TOKEN: sharing.vendorToken });
  const run = async (...args: readonly string[]): Promise<string> => {
    const done = await cli(...args);
    assert.equal(done.code, 0, done.errors);
    return done.output;
  };
  const asked = [
    recipientId,
    "--purpose",
    "policy-servicing",
    "--customer",
    customerId,
    "--reason",
    "printing of a policy",
  ];
  const fields = ["--field", "person.last-name", "contact.email"];
  const looked = await run("preview", ...asked, ...fields);
  assert.match(looked, /person\.last-name +clear/);
  assert.match(looked, /contact\.email +denied +\S/);
  assert.ok(!looked.includes("Marlowe"), "nothing is opened for a preview");
  const send = async (...more: readonly string[]): Promise<Made> =>
    JSON.parse(await run("send", ...asked, ...more, "--json")) as Made;
  const opened = async (secret: string, name: string): Promise<Held> => {
    await run("pick-up", secret, join(folder, name));
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return JSON.parse(await decrypter.decrypt(await readFile(join(folder, name)), "text")) as Held;
  };
  const clear = await send(...fields);
  assert.deepEqual((await opened(clear.secret, "a.age")).lines[0]?.fields, { "person.last-name": "Marlowe" });
  assert.equal((await cli("pick-up", clear.secret, join(folder, "again.age"))).code, 1);
  assert.match(await run("show", clear.package.packageId), /state +picked-up/);
  const revoked = await send(...fields);
  await run("revoke", revoked.package.packageId);
  assert.equal((await cli("pick-up", revoked.secret, join(folder, "b.age"))).code, 1);
  assert.match(await run("list"), new RegExp(`${revoked.package.packageId}.*revoked`));
  const tokens = await send("--field", "person.last-name", "--form", "token");
  const token = (await opened(tokens.secret, "c.age")).lines[0]?.fields["person.last-name"] ?? "";
  assert.match(await run("trace", recipientId, token, "--purpose", "policy-servicing"), /Marlowe/);
  assert.equal((await cli("trace", recipientId, `${token}x`, "--purpose", "policy-servicing")).code, 1);
});
