// Guarantee: what is worked out before anybody asks leaves the time to those who do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as breathe, setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GateContext } from "./context.ts";
import { policyBook } from "./matrix.ts";
import { createDecider, type RoleReach } from "./policy/policy.ts";
import { shippedPolicies } from "./policy/test-policies.ts";

const ROLES_FILE = join(import.meta.dirname, "../../governance/access/roles.yaml");
const { roles: all } = parse(readFileSync(ROLES_FILE, "utf8")) as { roles: RoleReach };
/** The purposes of a few: the whole matrix takes seconds. */
const FEW = 3;
const roles = Object.fromEntries(
  Object.entries(all).map(([role, reach], at) => [role, at < FEW ? reach : { ...reach, purposes: [] }]),
);
const decider = createDecider(shippedPolicies());
const book = () =>
  policyBook({ policy: () => ({ decider, revision: 1 }), access: { roles } } as unknown as GateContext);
const never = new AbortController().signal;

test("the matrix is prepared in a tenth of the time, so that questions have the rest", async () => {
  const stop = new AbortController();
  const { prepareMatrix } = book();
  const prepared = prepareMatrix(stop.signal);
  await breathe();
  const begun = performance.eventLoopUtilization();
  await sleep(1500);
  const { utilization } = performance.eventLoopUtilization(begun);
  stop.abort();
  await assert.rejects(prepared);
  assert.ok(utilization < 0.5, `${Math.round(utilization * 100)} % of the time were taken`);
});

test("whoever asks for a matrix that is being prepared gets that very one, without the rests", async () => {
  const { prepareMatrix, matrix } = book();
  const prepared = prepareMatrix(never);
  await breathe();
  const first = await matrix("auto");
  await prepared;
  assert.equal(await matrix("auto"), first);
  assert.ok(first.cells.length > 0);
});

test("a server that stops does not wait for it", async () => {
  const { prepareMatrix } = book();
  const stop = new AbortController();
  const prepared = prepareMatrix(stop.signal);
  await breathe();
  stop.abort();
  await assert.rejects(prepared, { name: "AbortError" });
});
