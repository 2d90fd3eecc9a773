// Nothing is overdue in silence: letters before the day, when it is over, and again; the queue is made anew where somebody changed it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { sql } from "../postgres/sql.ts";
import { peopleOn } from "../signin/test-people.ts";
import { nextReminder } from "../clocks/clocks.ts";

const DAY_MS = 86_400_000;

let accounting: TestAccounting;
before(async () => {
  accounting = await openTestAccounting();
});
after(() => accounting.bench.close());

async function asked() {
  const { customerId } = await accounting.bench.customer({ email: "reminded@mailbox.example" });
  const self = await accounting.sessionOf(customerId);
  const { requestId } = await self.portal.rights.open({ kind: "access", place: { country: "DE" } });
  return { customerId, requestId };
}

test("letters are due a week before, two days before, on the day, after it, and every week from then", () => {
  const dayEnds = new Date("2026-06-01T00:00:00Z");
  const days: number[] = [];
  for (let at = new Date("2026-05-01T00:00:00Z"); days.length < 6;) {
    at = nextReminder(dayEnds, at);
    days.push((at.getTime() - dayEnds.getTime()) / DAY_MS);
  }
  assert.deepEqual(days, [-7, -2, -1, 0, 7, 14]);
});

test("the office is written to before a day is over and once it is, with an id and a day alone, and each letter is an entry", async () => {
  const { bench } = accounting;
  const { domains } = bench.server.app;
  const officer = await peopleOn(bench.server).enrolled({
    role: "dpo",
    purposes: ["data-subject-request"],
    rowScope: "assignments",
    entities: ["acme"],
    lines: ["auto"],
  });
  const { customerId, requestId } = await asked();
  const remind = async (): Promise<number> => {
    // The server's own background may be the one that writes.
    await domains.requests.look(new AbortController().signal);
    const { items } = await domains.ledger.list({ kinds: ["right"], customerId }, { limit: 50 }, "cleared");
    const details = await Promise.all(items.map(({ entryId }) => domains.ledger.opening(entryId, "cleared")));
    return details.filter((one) => one?.detail["step"] === "reminded").length;
  };
  /** Letters leave just after their entry; one that waited for days is given up. */
  const written = async (times: number): Promise<void> => {
    for (;;) {
      await bench.deliver();
      const letters = bench.smtp.letters.filter(
        (letter) => addresseeOf(letter) === officer.email && JSON.stringify(letter).includes(requestId),
      );
      if (letters.length >= times) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  assert.equal(await remind(), 0);
  accounting.pass(26 * DAY_MS);
  const first = await remind();
  assert.ok(first >= 1);
  assert.equal(await remind(), first, "once each");
  await written(1);
  accounting.pass(12 * DAY_MS);
  assert.ok((await remind()) > first);
  await written(2);
});

test("what somebody hides from the queue, or puts another day on, comes back by itself", async () => {
  const { domains } = accounting.bench.server.app;
  const { requestId } = await asked();
  const { database, requests } = domains;
  const queued = async () => {
    const { items, unverified } = await requests.queue({ isOpen: true, assignee: null, after: null, limit: 200 });
    return { row: items.find((one) => one.requestId === requestId), isShown: unverified.includes(requestId) };
  };
  const dueBefore = (await queued()).row?.dueBefore;
  await database.query(
    sql`update rights_queue set due_before = due_before + interval '1 year' where request_id = ${requestId as never}`,
  );
  assert.deepEqual(await queued(), { row: undefined, isShown: true }, "it is shown, but not believed");
  accounting.pass(11 * 60_000);
  const walk = async (): Promise<void> => {
    await requests.look(new AbortController().signal);
  };
  while ((await queued()).row === undefined) await walk();
  assert.deepEqual((await queued()).row?.dueBefore, dueBefore);
  await database.query(sql`delete from rights_queue where request_id = ${requestId as never}`);
  accounting.pass(11 * 60_000);
  while ((await queued()).row === undefined) await walk();
});
