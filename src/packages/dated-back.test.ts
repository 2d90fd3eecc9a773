// A protection order holds back what was sent before it was filed, whatever day the court's order is of.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

const DAY_MS = 86_400_000;
let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing?.close());

const daysAgo = (days: number): string => new Date(sharing.domains.clock.now().getTime() - days * DAY_MS).toISOString();

for (const [what, days] of [
  ["of today", 0],
  ["of two days before, filed today", 2],
] as const)
  test(`a package made yesterday is handed to nobody under a protection order ${what}`, async () => {
    const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient()];
    const { secret } = await sharing.vendor.packages.make({
      recipientId,
      purpose: "policy-servicing",
      wanted: [{ form: "clear", fields: ["person.last-name"] }],
      customers: [{ customerId }],
      justification: "printing and posting of a policy",
      delivery: "key",
    });
    sharing.pass(DAY_MS);
    const dated = days === 0 ? {} : { startsAt: daysAgo(days) };
    await sharing.dpo.flags.set(customerId, { kind: "protection-order", reason: "order of the court", ...dated });
    const pickUp = sharing.vendor.packages.pickUp(secret ?? "");
    await assert.rejects(pickUp, { code: "unknown-package", status: 404 });
  });
