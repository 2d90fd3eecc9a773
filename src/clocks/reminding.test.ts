// Guarantee: nothing is overdue in silence; letters come before the day, on it, when it is over, and every week after that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextReminder } from "./reminding.ts";

const DAY_MS = 86_400_000;

test("letters are due a week before, two days before, on the day, after it, and every week from then", () => {
  const before = new Date("2026-06-01T00:00:00Z");
  const days: number[] = [];
  for (let at = new Date("2026-05-01T00:00:00Z"); days.length < 6;) {
    at = nextReminder(before, at);
    days.push((at.getTime() - before.getTime()) / DAY_MS);
  }
  assert.deepEqual(days, [-7, -2, -1, 0, 7, 14]);
});
