// How the life of canaries ends: two people told apart, every key rotated, all verified, one unit and one customer erased for good.
import assert from "node:assert/strict";
import { recordOfCanaries, registry } from "./test-canaries.ts";
import { type Changed, NO_ROWS, PLACE, type Scene } from "./test-canary-life.ts";
import { listIn, type Person } from "./test-stage.ts";

const DOMAINS = ["index", "authority", "ledger-detail", "rejects", "wrapping"];
const UNTIL_FINAL_MS = 300_000;

/** Two customers who share every government id are suggested to be one; somebody decides. */
export async function judgeMatch(scene: Scene): Promise<void> {
  const { life, secret, hire } = scene;
  const maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const { type, fields, secrets } = recordOfCanaries(registry.recordType("government-id")!);
  life.secrets.push(...secrets);
  const units = [{ kind: "relationship", ...PLACE, records: [{ type, fields }] }];
  for (let count = 0; count < 2; count += 1)
    assert.equal((await maker.ask("POST", "/v1/customers", { kind: "person", units })).status, 201);
  const dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  const [pair] = listIn((await dpo.ask("GET", "/v1/suggestions")).body, "items");
  assert.ok(pair !== undefined, "nobody was suggested");
  const { customerId, otherCustomerId } = pair;
  const decision = { customerId, otherCustomerId, decision: "same", reason: secret() };
  assert.ok((await dpo.ask("POST", "/v1/suggestions/decisions", decision)).status < 300);
}

/** `domains` of those that can be rotated. */
export async function end(scene: Scene, ids: Changed, domains: readonly string[] = DOMAINS): Promise<void> {
  const { secret, hire } = scene;
  const security = await hire({ role: "security-admin", purposes: ["incident-response"], ...NO_ROWS });
  for (const domain of domains) {
    const rotated = await security.ask("POST", "/v1/keys/rotations", { domain });
    assert.equal(rotated.status, 200, rotated.text);
  }
  const verified = await security.ask("POST", "/v1/verifications", {});
  assert.deepEqual(verified.body["findings"], []);
  const dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  const [first, second] = ids.customerIds;
  // What is open is not erased: every claim closes, of whichever of the two it is.
  for (const unitId of ids.unitIds)
    for (const holder of ids.customerIds)
      await ids.adjuster.ask("PATCH", `/v1/customers/${holder}/units/${unitId}`, { status: "closed" });
  await erase(dpo, { customerId: first, unitId: ids.unitIds[0], reason: secret() });
  await erase(dpo, { customerId: second, reason: secret() });
}

async function erase(dpo: Person, request: object): Promise<void> {
  const asked = await dpo.ask("POST", "/v1/erasures", request);
  const path = `/v1/erasures/${String(asked.body["erasureId"])}`;
  const until = Date.now() + UNTIL_FINAL_MS;
  while ((await dpo.ask("GET", path)).body["state"] !== "final")
    assert.ok(Date.now() < until, "the erasure does not end");
}
