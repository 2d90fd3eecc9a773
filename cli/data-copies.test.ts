// `uberrima data-copies` and `uberrima accounting --out`, as people use them: made, decided by another, fetched to a file that only they read.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { unzipSync } from "fflate";
import { connect } from "../sdk/client.ts";
import { startTestServer } from "../src/test-server.ts";
import { runCli } from "./test-cli.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;

test("a copy is made, decided on by another person, and fetched with its papers; an accounting is written as a document", async (context) => {
  const server = await startTestServer();
  context.after(() => server.stop());
  const folder = await mkdtemp(join(tmpdir(), "uberrima-copies-"));
  context.after(() => rm(folder, { recursive: true }));
  const officer = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const sender = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const oversight = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  const reviewer = await server.createClient(oversight);
  const adjuster = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const as = (by: { readonly token: string }) => connect({ url: server.url, token: by.token });
  const made = await as(adjuster).customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [{ type: "person", fields: { "last-name": "Quokka" } }] },
      { kind: "claim", ...PLACE, records: [{ type: "investigation", fields: { "fraud-referral": "none" } }] },
    ],
  });
  const { customerId } = made;
  const unitId = made.units[1]?.unitId ?? "";
  const paper = Buffer.from("a letter of hers");
  const filing = { kind: "letter", mediaType: "text/plain", handedInBy: "customer" } as const;
  await as(officer).documents.file(customerId, filing, paper);
  const run = (by: { readonly token: string }, ...args: readonly string[]) =>
    runCli([...args], { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: by.token });
  const good = async (by: { readonly token: string }, ...args: readonly string[]): Promise<string> => {
    const { code, output, errors } = await run(by, ...args);
    assert.equal(code, 0, errors);
    return output;
  };
  const copies = JSON.parse(await good(officer, "data-copies", "make", customerId, "--language", "de", "--json"));
  const { copyId } = copies as { readonly copyId: string };
  assert.match(
    await good(reviewer, "data-copies", "list", "--state", "in-review"),
    new RegExp(`${copyId} .*in-review`),
  );
  assert.match(await good(officer, "data-copies", "show", customerId, copyId), new RegExp(`${unitId} .*to decide`));
  const deciding = ["data-copies", "decide", customerId, copyId, "--unit", unitId];
  const both = await run(reviewer, ...deciding, "--release", "--withhold", "tipping-off");
  assert.equal(both.code, 2, both.errors);
  const self = await run(officer, ...deciding, "--withhold", "tipping-off");
  assert.match(self.errors, /whoever made the package neither reviews it/);
  const decided = await good(reviewer, ...deciding, "--withhold", "tipping-off");
  assert.match(decided, /state +ready/);
  assert.match(decided, /tipping-off/);
  assert.match(decided, /may name others +0, 0 to read/);
  const archive = join(folder, "copy.zip");
  const fetching = ["data-copies", "fetch", customerId, copyId, "--out"];
  assert.match((await run(officer, ...fetching, archive)).errors, /nor hands it out: somebody else does/);
  await good(sender, ...fetching, archive);
  assert.equal((await stat(archive)).mode & 0o777, 0o600);
  const files = unzipSync(await readFile(archive));
  assert.deepEqual(Buffer.from(files["papers/001-letter.txt"] ?? []), paper);
  assert.match((await run(sender, ...fetching, archive)).errors, /is there already/);
  assert.equal((await run(sender, ...fetching, join(folder, "copy.doc"))).code, 2);
  const listed = await good(officer, "data-copies", "list", "--customer", customerId, "--json");
  assert.equal(JSON.parse(listed).items[0].fetched.length, 1, "what cannot be written is not asked for");
  const out = join(folder, "list.csv");
  await good(officer, "accounting", customerId, "--law", "naic-670", "--out", out);
  assert.match(await readFile(out, "utf8"), /^"when","to whom"/);
  assert.equal((await run(officer, "accounting", customerId, "--law", "naic-670")).code, 2);
  const refused = await run(adjuster, "accounting", customerId, "--out", join(folder, "none.pdf"));
  assert.notEqual(refused.code, 0);
  assert.deepEqual((await readdir(folder)).toSorted(), ["copy.zip", "list.csv"]);
});
