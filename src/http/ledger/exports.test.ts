// Guarantee: a table leaves the platform only once its export is an entry, and no spreadsheet takes a cell of it for a formula.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../../sdk/client.ts";
import { csvText } from "../../kernel/csv.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const ASKED = { what: "entries", columns: ["at", "kind", "actor"], filter: { kind: "principal" } } as const;
const asked = () => ({ ...ASKED, columns: [...ASKED.columns] });

test("entries as CSV, the newest first, with an entry that says what was exported", async () => {
  const { token, principalId } = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const { ledger } = connect({ url: server.url, token });
  const text = await ledger.export(asked());
  const lines = text.split("\r\n");
  assert.equal(lines[0], '"at","kind","actor"');
  assert.ok(lines.length > 2 && lines.slice(1, -1).every((line) => /^"\d{4}-.*","principal",".*"$/.test(line)));
  assert.equal(lines.at(-1), "");
  const one = await ledger.export({ ...asked(), rows: 1 });
  assert.deepEqual(one.split("\r\n").slice(0, 2), lines.slice(0, 2));
  const { items } = await ledger.entries({ actorId: principalId, kind: "export" });
  assert.deepEqual(
    items.map(({ outcome }) => outcome),
    ["allowed", "allowed"],
  );
  const { detail } = await ledger.opening(items[1]!.entryId, "audit");
  const told = JSON.parse(detail) as Record<string, unknown>;
  assert.deepEqual(
    [told["what"], told["rows"], told["columns"]],
    ["entries", lines.length - 2, ["at", "kind", "actor"]],
  );
});

test("whoever may not read the ledger exports nothing of it, and the attempt is an entry", async () => {
  const { token, principalId } = await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  await assert.rejects(connect({ url: server.url, token }).ledger.export(asked()), { code: "not-permitted" });
  const auditor = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const { items } = await connect({ url: server.url, token: auditor.token }).ledger.entries({ actorId: principalId });
  assert.deepEqual([items[0]?.kind, items[0]?.outcome], ["export", "denied"]);
});

test("no cell begins a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "|x", "%0"])
    assert.ok(csvText([[text]]).startsWith(`"'`), text);
  assert.equal(csvText([['say "no"', null, 3]]), '"say ""no""","",3\r\n');
});
