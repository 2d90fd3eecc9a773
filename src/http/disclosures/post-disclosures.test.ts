// The answer of the one route that writes it out by itself: nothing in it that the contract does not declare.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { disclosureAnswer } from "../../../contract/disclosures.ts";
import { connect } from "../../../sdk/client.ts";
import { asId } from "../../kernel/ids.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

const FIELDS = ["person.first-name", "person.birth-date", "claim.number", "bank-account.iban"];

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

test("clear, masked, empty and denied fields, and a stranger's denial, are answered as the contract declares them", async () => {
  const request = { role: "claims-adjuster", purposes: ["claim-handling"] } as const;
  const [holder, stranger] = [await server.createClient(request), await server.createClient(request)];
  const desk = connect({ url: server.url, token: holder.token });
  const place = { entity: "acme", brand: "acme", line: "auto" } as const;
  const person = { type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe" } };
  const claim = { type: "claim", fields: { number: "CL-1", status: "in-process" } };
  const { customerId, units } = await desk.customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...place, records: [person] },
      { kind: "claim", ...place, records: [claim] },
    ],
  });
  const unitId = units[1]!.unitId;
  const { access } = server.app.domains;
  const administrator = (await access.authenticate(server.admin.token))!;
  const held = { customerId: asId(customerId), unitId: asId(unitId), assigneeId: asId(holder.principalId) };
  await access.createAssignments([{ ...held, kind: "claim", endsAt: null }], administrator);
  const outcomes: string[] = [];
  for (const { token } of [holder, stranger]) {
    for (const form of ["clear", "masked"]) {
      const response = await fetch(`${server.url}/v1/disclosures`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ customerId, workContext: { unitId }, purpose: "claim-handling", fields: FIELDS, form }),
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
      const answer = disclosureAnswer.parse(await response.json());
      outcomes.push(answer.outcome);
    }
  }
  assert.deepEqual(outcomes, ["partial", "partial", "denied", "denied"]);
});
