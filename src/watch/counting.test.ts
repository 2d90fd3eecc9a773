// Guarantee: the counters behind the rules count what they say, forget in time, and count nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { DistinctCount } from "./distinct-count.ts";
import { Peers } from "./peers.ts";
import { RecentSet } from "./recent-set.ts";
import { MONDAY_MS, openBench } from "./test-scorer.ts";
import { UntiedCustomers } from "./untied-customers.ts";
import { DAY_MS, hourOf, WorkingDays, workingDayOf } from "./working-days.ts";

test("a recent set counts each member once and forgets it after its window", () => {
  const recent = new RecentSet<string>(1000, 3);
  assert.deepEqual([recent.add("a", 0), recent.add("a", 500), recent.add("b", 600)], [true, false, true]);
  assert.equal(recent.count(1499), 2);
  assert.equal(recent.count(1500), 1);
  for (const each of ["c", "d", "e", "f"]) recent.add(each, 1500);
  assert.equal(recent.count(1500), 3, "never more than its limit");
});

test("a distinct count is within three percent, and counts nothing twice", () => {
  const distinct = new DistinctCount(4096);
  const ids = Array.from({ length: 500 }, newId);
  for (const id of [...ids, ...ids]) distinct.add(id);
  assert.ok(Math.abs(distinct.count() - 500) <= 15, String(distinct.count()));
  distinct.clear();
  assert.equal(distinct.count(), 0);
});

test("weighing one opening twice counts it once", () => {
  const bench = openBench();
  const asker = bench.person();
  for (let at = 0; at < 200; at += 1) {
    const opening = {
      customerId: newId(),
      workUnitId: newId(),
      tie: "none" as const,
      atMs: MONDAY_MS + Math.floor(at / 200),
    };
    const [first, again] = [bench.open(asker, opening), bench.open(asker, opening)];
    assert.deepEqual(again, first);
    if (first.isAlert) break;
  }
});

test("a working day begins when the rules say, and holds the hours beside each", () => {
  assert.equal(workingDayOf(MONDAY_MS, 9), workingDayOf(MONDAY_MS + 15 * 3_600_000, 9));
  const days = new WorkingDays();
  const day = workingDayOf(MONDAY_MS, 9);
  for (let at = 1; at <= 40; at += 1)
    days.add({ day: day + at, customers: at, unassigned: 1, hours: 1 << hourOf(MONDAY_MS), isExceptional: at > 38 });
  assert.equal(days.count, 28);
  assert.equal(days.usualCustomers, 36, "days of a catastrophe are no measure");
  assert.deepEqual(
    [14, 15, 16, 17].map((hour) => days.shareAt(hour)),
    [1, 1, 1, 0],
  );
  assert.equal(days.unassignedSince(day + 34), 7);
});

test("customers without assignment are counted by their days, and forgotten after four weeks", () => {
  const untied = new UntiedCustomers();
  const [one, other] = [newId(), newId()];
  for (const day of [1, 1, 3, 5]) untied.add(one, day);
  untied.add(other, 20);
  assert.equal(untied.daysOf(one, 2), 2);
  assert.equal(untied.countSince(6), 1);
  untied.forgetBefore(6);
  assert.equal(untied.countSince(0), 1);
});

test("what is usual among peers needs enough of them, and is theirs of the days before", () => {
  const peers = new Peers();
  for (let day = 1; day <= 40; day += 1) peers.add("csr", "customers-a-day", day, day <= 38 ? 10 : 500);
  assert.equal(peers.usual("agent", "customers-a-day", 41), null);
  assert.equal(peers.usual("csr", "customers-a-day", 13), null, "only those of the last four weeks are kept");
  for (let at = 0; at < 60; at += 1) peers.add("csr", "customers-a-day", 40, 100);
  const usual = peers.usual("csr", "customers-a-day", 41) ?? 0;
  assert.ok(usual >= 100 && usual < 106, String(usual));
});

test("an absence is seen over any number of days", () => {
  const bench = openBench();
  const asker = bench.person();
  bench.past(asker, 3, 3);
  assert.match(JSON.stringify(bench.open(asker, { tie: "none", atMs: MONDAY_MS + 400 * DAY_MS })), /401 days/);
});
