// What was erased leaves in no package that still waits, one unit as well as a whole customer, and its file goes with the next sweep.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Uuid } from "../kernel/bytes.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const UNKNOWN = { code: "unknown-package", status: 404 };
const FIELDS = ["contact.email", "person.last-name"];

let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing?.close());

/** With one field in the relationship, one in a claim, and a claim that nothing is sent of. */
async function customer() {
  const units = [
    { ...PLACE, kind: "relationship", records: [{ type: "person", fields: { "last-name": "Marlowe" } }] },
    { ...PLACE, kind: "claim", records: [{ type: "contact", fields: { email: "erased.claim@example.org" } }] },
    { ...PLACE, kind: "claim", records: [{ type: "claim", fields: { number: "CL-999" } }] },
  ] as const;
  const created = await sharing.maker.customers.create({ kind: "person", units: structuredClone(units) as never });
  const [, sent, other] = created.units.map(({ unitId }) => unitId as Uuid);
  const { principalId: clientId } = (await sharing.domains.access.authenticate(sharing.vendorToken))!;
  const { customerId } = created;
  await sharing.as(sharing.adminToken).assignments.create({ customerId, clientId, kind: "policy" });
  return { customerId: customerId as Uuid, sent: sent!, other: other! };
}

async function made(customerId: string, delivery: "key" | "room") {
  const contact = `room.${delivery}.${customerId.slice(-6)}@partner.example`;
  const contract = { fields: FIELDS };
  const { recipientId } = await (delivery === "key"
    ? sharing.recipient(undefined, { contract })
    : sharing.recipient(null, { contract, recipient: { contact } }));
  const { package: waiting, secret } = await sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: FIELDS }],
    customers: [{ customerId }],
    justification: "needed to print and post it",
    delivery,
  });
  assert.equal(waiting.released, 2);
  const take = () =>
    delivery === "key"
      ? sharing.vendor.packages.pickUp(secret ?? "")
      : sharing.opened(secret ?? "", contact).then(({ lines }) => lines);
  return { packageId: waiting.packageId, take };
}

async function erase(customerId: Uuid, unitId: Uuid): Promise<void> {
  const { access, vault } = sharing.domains;
  const { principalId: actorId } = access.system;
  await vault.erase({ customerId, unitId }, { actorId, actorRevision: null, purpose: null, basis: null, note: "test" });
}

for (const delivery of ["key", "room"] as const)
  test(`a package (${delivery}) that holds a value of a unit erased since is handed to nobody; one without it is`, async () => {
    const { customerId, sent, other } = await customer();
    const [first, second] = [await made(customerId, delivery), await made(customerId, delivery)];
    await erase(customerId, other);
    await first.take();
    await erase(customerId, sent);
    await assert.rejects(second.take(), UNKNOWN);
  });

test("the file of such a package is gone with the next sweep, and others wait on", async () => {
  const [gone, whole] = [await customer(), await customer()];
  const [held, stays] = [await made(gone.customerId, "key"), await made(whole.customerId, "key")];
  await erase(gone.customerId, gone.sent);
  await erase(whole.customerId, whole.other);
  await sharing.domains.packages.sweep();
  const operator = new pg.Client({ connectionString: sharing.superuserUrl });
  await operator.connect();
  const { rows } = await operator.query("select package_id from package_file where package_id = any($1)", [
    [held.packageId, stays.packageId],
  ]);
  await operator.end();
  assert.deepEqual(rows, [{ package_id: stays.packageId }]);
  assert.equal((await sharing.vendor.packages.read(held.packageId)).state, "revoked");
  await stays.take();
});
