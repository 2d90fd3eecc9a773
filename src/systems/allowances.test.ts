// Ceilings hold over all processes, however many ask at once, and give out what they allow.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { openTestKeys, type TestKeys } from "../keys/test-keys.ts";
import { takeOnce } from "./allowance-store.ts";
import { createAllowances, type Allowance, type Allowances } from "./allowances.ts";

let held: TestKeys;
let nowMs = Date.parse("2026-11-29T09:00:00Z");
const clock = { now: () => new Date(nowMs) };
before(async () => {
  held = await openTestKeys();
});
after(() => held.close());

/** A server process of its own. */
const server = (): Allowances => createAllowances({ database: held.database, keys: held.keys, clock });
const allowance = (ceiling: number): Allowance => ({
  clientId: newId(),
  of: "customers",
  windowSeconds: 3600,
  ceiling,
});
const granted = (answers: readonly unknown[]): number => answers.filter(Boolean).length;

test("of any number that ask at once over two processes, as many get through as the ceiling says", async () => {
  const servers = [server(), server()];
  const asked = allowance(20);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => servers[at % 2]!.take(asked, 1)));
  assert.equal(granted(answers), 20);
  assert.equal(await servers[0]!.take(asked, 1), null);
});

test("a high ceiling is never passed, and less than a hundredth for each process is left over", async () => {
  const servers = [server(), server(), server()];
  const asked = allowance(1000);
  const answers = await Promise.all(Array.from({ length: 1500 }, (_, at) => servers[at % 3]!.take(asked, 1)));
  const total = granted(answers);
  assert.ok(total <= 1000 && total >= 1000 - 3 * 11, String(total));
});

test("an amount is got whole or not at all", async () => {
  const one = server();
  const asked = allowance(10);
  assert.equal(await one.take(asked, 11), null);
  assert.ok(await one.take(asked, 7));
  assert.equal(await one.take(asked, 4), null);
  const giveBack = await one.take(asked, 3);
  giveBack?.();
  assert.ok(await one.take(asked, 2));
});

test("the next window begins anew; a ceiling that was lowered holds at once", async () => {
  const one = server();
  const asked = allowance(3);
  assert.ok(await one.take(asked, 3));
  assert.equal(await one.take({ ...asked, ceiling: 2 }, 1), null);
  const late = await one.take({ ...asked, of: "late" }, 3);
  nowMs += 3_600_000;
  assert.ok(await one.take(asked, 3));
  // What comes back from a window that is over adds nothing to the next.
  late?.();
  assert.equal(await one.take({ ...asked, of: "late" }, 4), null);
});

test("clients, and what is counted of them, do not touch each other", async () => {
  const one = server();
  const asked = allowance(1);
  assert.ok(await one.take(asked, 1));
  assert.ok(await one.take({ ...asked, of: "fields" }, 1));
  assert.ok(await one.take({ ...asked, clientId: newId() }, 1));
  assert.equal(await one.take(asked, 1), null);
});

test("an assertion is taken once, whoever of fifty is first", async () => {
  const token = held.keys.keyedDigest("assertion", "one");
  const endsAt = new Date(nowMs + 60_000);
  const taken = await Promise.all(
    Array.from({ length: 50 }, () => takeOnce(held.database, token, endsAt, clock.now())),
  );
  assert.equal(granted(taken), 1);
});
