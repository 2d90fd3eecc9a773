// Guarantee: how much somebody looked at and when is told from the clear columns: by days that begin when asked, each customer once a day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { EntryDraft } from "./ledger.ts";
import { openTestAccess, type TestAccess } from "../access/test-access.ts";

let bench: TestAccess;
before(async () => {
  bench = await openTestAccess();
});
after(async () => bench.close());

const DAY_MS = 86_400_000;
const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

function looked(actorId: Uuid, customerId: Uuid | null, changes: Partial<EntryDraft> = {}): EntryDraft {
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId,
    customerId,
    recipientId: null,
    purpose: "claim-handling",
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: {},
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
    ...changes,
  };
}

test("days count each customer once, and those refused apart", async () => {
  const { ledger } = bench;
  const [actor, one, other] = [newId(), newId(), newId()];
  for (const customer of [one, one, other]) await ledger.append(looked(actor, customer));
  await ledger.append(looked(actor, newId(), { outcome: "denied" }));
  const subject = { customerId: newId(), outcome: "allowed", classes: [], revision: null } as const;
  await ledger.append(looked(actor, null, { subjects: [subject] }));
  const now = bench.now();
  const days = await ledger.lookDays(actor, { startsAtHourUtc: 0, before: dayOf(now) + 1, limit: 28 });
  assert.deepEqual(
    days.map(({ day, customers, refused }) => [day, customers, refused]),
    [[dayOf(now), 4, 1]],
  );
  assert.ok((days[0]!.hours & (1 << now.getUTCHours())) !== 0);
  assert.deepEqual(await ledger.lookDays(actor, { startsAtHourUtc: 0, before: dayOf(now), limit: 28 }), []);
  const since = new Date(now.getTime() - DAY_MS);
  assert.equal((await ledger.looks(actor, { since, refusedAlone: false, limit: 10 })).length, 4);
  assert.equal((await ledger.looks(actor, { since, refusedAlone: true, limit: 10 })).length, 1);
  assert.deepEqual(await ledger.looks(newId(), { since, refusedAlone: false, limit: 10 }), []);
});

test("whoever follows meets each look once, also those of a batch, and misses none", async () => {
  const { ledger } = bench;
  const [actor, one, other] = [newId(), newId(), newId()];
  const from = await ledger.size();
  const subjects = [one, other].map((customerId) => ({
    customerId,
    outcome: "allowed" as const,
    classes: [],
    revision: null,
  }));
  await ledger.append(looked(actor, null, { subjects }));
  await ledger.append(looked(actor, one, { kind: "masked-view", basis: "emergency", outcome: "denied" }));
  await ledger.append(looked(actor, one, { kind: "search" }));
  const all = await ledger.followLooks({ from, customerIds: null, limit: 1000 });
  assert.deepEqual(
    all.map(({ customerId, refused, isEmergency }) => [customerId, refused, isEmergency]).toSorted(),
    [
      [one, false, false],
      [other, false, false],
      [one, true, true],
    ].toSorted(),
  );
  const few = await ledger.followLooks({ from, customerIds: [other], limit: 1000 });
  assert.deepEqual(
    few.map(({ customerId }) => customerId),
    [other],
  );
  assert.deepEqual(await ledger.followLooks({ from: await ledger.size(), customerIds: null, limit: 1000 }), []);
});
