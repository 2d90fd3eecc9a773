// Guarantee: whoever answers for rights sees the matrix and each rule that it cites, and nobody else does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../../sdk/client.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

test("every rule that the matrix cites can be read with its text and source; an unknown one is not there", async () => {
  const { token } = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const { policies } = connect({ url: server.url, token });
  const { cells, policies: cited, digest } = await policies.matrix();
  assert.ok(cells.length > 500 && digest.length === 64);
  const ids = new Set(cited.map(({ id }) => id));
  assert.ok(cells.every((cell) => cell.policies.every((id) => ids.has(id))));
  for (const { id, title } of cited.slice(0, 5).concat(cited.slice(-5))) {
    const shown = await policies.show(id);
    assert.deepEqual([shown.id, shown.title, shown.inForce], [id, title, true]);
    assert.ok(shown.text === null || shown.text.includes(id));
  }
  await assert.rejects(policies.show("law/unheard-of"), { code: "not-found" });
  assert.deepEqual(await policies.matrix(), await policies.matrix());
});

test("no one else may", async () => {
  const { token } = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const { policies } = connect({ url: server.url, token });
  await assert.rejects(policies.matrix(), { code: "not-permitted" });
  await assert.rejects(policies.show("law/hipaa-minimum-necessary"), { code: "not-permitted" });
});
