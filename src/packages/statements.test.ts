// What a customer says of a disputed field leaves with the field, to whoever may have all that it is about in clear; withdrawn, it leaves with nothing more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing?.close());

const WORDS = "It is spelt Marlow, as in my passport.";

async function sessionOf(customerId: string): Promise<Client> {
  const { access, signIns } = sharing.domains;
  const principalId = await access.enrolCustomer(asId(customerId), access.system);
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  return sharing.as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
}

/** Of whom a correction was refused: the request, and the record. */
async function disputing() {
  const { customerId } = await sharing.customer();
  const self = await sessionOf(customerId);
  const place = { country: "US", state: "CA" };
  const { requestId } = await self.portal.rights.open({ kind: "correction", place });
  const { grounds } = await sharing.dpo.rights.read(requestId, { words: "left" });
  const refusal = { outcome: "refused", ground: grounds[0]?.code ?? null, reason: "it is accurate" } as const;
  await sharing.dpo.rights.decide(requestId, refusal);
  const records = await sharing.domains.vault.loadRecords([asId(customerId)], { recordTypes: ["person"] });
  const recordId = records[0]?.record.recordId ?? "";
  const stating = { do: "file-statement" as const, recordId, fields: ["last-name"], words: WORDS };
  return { customerId, self, requestId, stating };
}

async function sent(customerId: string, fields: readonly string[]) {
  const { recipientId, contact } = await sharing.room();
  const made = await sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: [...fields] }],
    customers: [{ customerId }],
    justification: "printing and posting of a policy",
    delivery: "room",
  });
  const { lines } = await sharing.opened(made.secret ?? "", contact);
  return { line: lines[0], disclosures: made.package.disclosures };
}

test("the words go with the field, each an entry, and with no other field", async () => {
  const { customerId, self, requestId, stating } = await disputing();
  await self.portal.rights.step(requestId, stating);
  const { line, disclosures } = await sent(customerId, ["person.first-name", "person.last-name"]);
  assert.deepEqual(line?.disputed, ["person.last-name"]);
  assert.deepEqual(
    line?.statements.map(({ fields, words }) => [fields, words]),
    [[["person.last-name"], WORDS]],
  );
  assert.equal(disclosures.length, 2, "showing the words is a disclosure of its own");
  const other = await sent(customerId, ["person.first-name"]);
  assert.deepEqual([other.line?.disputed, other.line?.statements, other.disclosures.length], [[], [], 1]);
});

test("words about a field that the recipient may not have stay here, although another that they are about goes", async () => {
  const { customerId, self, requestId, stating } = await disputing();
  // The contract lists names alone.
  await self.portal.rights.step(requestId, { ...stating, fields: ["last-name", "birth-date"] });
  const { line } = await sent(customerId, ["person.last-name"]);
  assert.deepEqual([line?.disputed, line?.statements], [["person.last-name"], []]);
});

test("replaced and withdrawn, it counts from the next answer on: in packages, in the masked view, and in the request", async () => {
  const { customerId, self, requestId, stating } = await disputing();
  await self.portal.rights.step(requestId, stating);
  const [first] = (await self.portal.rights.read(requestId)).statements;
  const again = { ...stating, words: "It is spelt Marlow; see page 2 of the passport.", replaces: first!.statementId };
  await self.portal.rights.step(requestId, again);
  const told = (await sent(customerId, ["person.last-name"])).line?.statements.map(({ words }) => words);
  assert.deepEqual(told, [again.words]);
  const masked = async () => {
    const view = await sharing.vendor.customers.maskedView(customerId, "policy-servicing");
    const fields = view.units.flatMap(({ records }) => records.flatMap((record) => record.fields));
    return fields.filter(({ disputed }) => disputed !== undefined).map(({ field }) => field);
  };
  assert.deepEqual(await masked(), ["person.last-name"]);
  const [, second] = (await self.portal.rights.read(requestId)).statements;
  await self.portal.rights.step(requestId, { do: "withdraw-statement", statementId: second!.statementId });
  assert.deepEqual(await masked(), []);
  const { line } = await sent(customerId, ["person.last-name"]);
  assert.deepEqual([line?.disputed, line?.statements], [[], []]);
  const standing = (await self.portal.rights.read(requestId)).statements;
  assert.deepEqual(
    standing.map(({ withdrawn }) => withdrawn?.replacedBy),
    [second!.statementId, null],
  );
  const twice = { do: "withdraw-statement", statementId: second!.statementId } as const;
  await assert.rejects(self.portal.rights.step(requestId, twice), { code: "unknown-statement", status: 404 });
});

test("nobody withdraws or replaces what another has filed", async () => {
  const [one, other] = [await disputing(), await disputing()];
  await one.self.portal.rights.step(one.requestId, one.stating);
  const [filed] = (await one.self.portal.rights.read(one.requestId)).statements;
  const withdrawing = { do: "withdraw-statement", statementId: filed!.statementId } as const;
  await assert.rejects(other.self.portal.rights.step(one.requestId, withdrawing), { code: "unknown-request" });
  await assert.rejects(other.self.portal.rights.step(other.requestId, withdrawing), { code: "unknown-statement" });
  const replacing = { ...other.stating, replaces: filed!.statementId };
  await assert.rejects(other.self.portal.rights.step(other.requestId, replacing), { code: "unknown-statement" });
});
