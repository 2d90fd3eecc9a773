// Disposals that wait and what is kept beyond its maximum, in the calendar of whoever may do something about them: kinds and days alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { type Client, connect } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type DisposalScene, startDisposalScene } from "../retention/test-disposals.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";

const YEARS = 13;
const DAY_MS = 86_400_000;
const WITHIN_MS = 120_000;

let scene: DisposalScene;
let governance: TestGovernance;
let operator: pg.Client;
let dpo: Client;
let compliance: Client;
let adjuster: Client;
const ids: Uuid[] = [];
before(async () => {
  // Everything here stands under the law of Illinois, which wants biometric records gone by a day.
  governance = await governanceWith("portal/accounting.yaml", "default: US,", "default: US-IL,");
  scene = await startDisposalScene(YEARS, { settings: governance.settings });
  for (const unit of [
    { kind: "claim", notes: ["claim"] },
    { kind: "relationship", status: "open", notes: ["biometric"] },
  ] as const) {
    const { customerId, units } = await scene.somebody([unit]);
    ids.push(customerId, ...units);
  }
  scene.clock.yearsBehind = 0;
  const as = (token: string): Client => connect({ url: scene.server.url, token });
  dpo = as(await scene.hireToken("dpo", "data-subject-request"));
  compliance = as(await scene.hireToken("compliance", "audit"));
  adjuster = as(await scene.hireToken("claims-adjuster", "claim-handling"));
  operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await scene?.server.stop();
  await governance?.remove();
});

async function feedOf({ me }: Client): Promise<string> {
  const { url } = await me.makeCalendar({ language: "en" });
  const answer = await fetch(new URL(new URL(url ?? "").pathname, scene.server.url));
  return (await answer.text()).replaceAll("\r\n ", "");
}

/** When the events with these words begin. */
async function startsOf(client: Client, summary: string): Promise<string[]> {
  const events = (await feedOf(client)).split("BEGIN:VEVENT").filter((event) => event.includes(`SUMMARY:${summary}\r`));
  return events.map((event) => /DTSTART:(.*)\r/.exec(event)?.[1] ?? "");
}

const stampOf = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
const WAITS = "Disposal waits";
const RUNS = "Approved disposal is not finished";
const PAST = "Kept beyond what a law allows";

test("a disposal stands by the last day on which it can be approved for whoever may, then by its approval until it is done", async () => {
  const { disposalId } = await dpo.disposals.ask({ reason: "yearly disposal" });
  const { found } = await scene.until(disposalId as Uuid, "previewed");
  const until = new Date(Date.parse(found?.asOf ?? "") + 30 * DAY_MS);
  assert.deepEqual(await startsOf(compliance, WAITS), [stampOf(until)]);
  assert.deepEqual(await startsOf(dpo, WAITS), [], "not who asked for it");
  // The server does not go on with a run that an operator has touched: it stays approved.
  await operator.query("insert into disposal_outcome select $1, 0, 'left', 'not-due', null, sha256('forged')", [
    disposalId,
  ]);
  const { decided } = await compliance.disposals.decide(disposalId, { approve: true, digest: found?.digest ?? "" });
  const at = stampOf(new Date(decided?.at ?? ""));
  for (const client of [compliance, dpo]) {
    assert.deepEqual(await startsOf(client, RUNS), [at]);
    assert.deepEqual(await startsOf(client, WAITS), []);
  }
  await operator.query("delete from disposal_outcome where disposal_id = $1", [disposalId]);
  await scene.until(disposalId as Uuid, "complete");
  assert.deepEqual(await startsOf(dpo, RUNS), []);
  for (const secret of [...ids, disposalId, "yearly", "biometric"])
    for (const client of [dpo, compliance]) assert.ok(!(await feedOf(client)).includes(secret), secret);
});

test("what a law wants gone by a day stands at that day for whoever asks for disposals, and for nobody else", async () => {
  const since = Date.now();
  let past: string[] = [];
  while (past.length === 0 && Date.now() - since < WITHIN_MS) {
    past = await startsOf(dpo, PAST);
    if (past.length === 0) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const waiting = (await dpo.work.list()).waiting.find(({ kind }) => kind === "retention-maximum");
  assert.deepEqual(past, [stampOf(new Date(waiting?.dueAt ?? ""))]);
  assert.deepEqual(await startsOf(compliance, PAST), []);
  assert.ok(!(await feedOf(adjuster)).includes("VEVENT"));
});
