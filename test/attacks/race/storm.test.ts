// Races without a script: adjusters ask at two servers while others change, at random, what the answers rest on, and one server is frozen now and then. Afterwards
// every entry and every answer is held against the order of the ledger. `--full` goes on for minutes; UBERRIMA_TEST_STORM_SEED=<seed> makes the same choices again.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Random, randomFrom } from "../crash/test-plan.ts";
import { type Answer, type Person, personAt } from "../test-stage.ts";
import {
  type Case,
  disclosuresOf,
  LEASE_MS,
  openCase,
  openRaceSite,
  patiently,
  type RaceSite,
  shown,
  sizeOf,
  until,
} from "./test-race.ts";

const IS_FULL = process.env["UBERRIMA_FULL"] === "1";
const SEED = Number(process.env["UBERRIMA_TEST_STORM_SEED"] ?? randomInt(2 ** 31));
const CASES = IS_FULL ? 8 : 3;
const STORM_MS = IS_FULL ? 180_000 : 8000;
const FORBIDDEN_MS_MAX = 800;
const CALM_MS_MAX = 500;
const BREATH_MS_MAX = 150;
const BELIEVED_MS_MAX = 10_000;

interface Change {
  /** How many of the secrets may be shown while it stands. */
  readonly stillShown: number;
  /** Returns what undoes it. */
  make(site: RaceSite, at: Case): Promise<() => Promise<unknown>>;
}

const flag =
  (kind: string): Change["make"] =>
  async ({ crew }, { path }) => {
    const { flagId } = (await done(crew.dpo, "POST", `${path}/flags`, { kind, reason: "a storm" })).body;
    return () => done(crew.dpo, "DELETE", `${path}/flags/${String(flagId)}`);
  };

/** The assignment that stands, by client: it is another after each end. */
const standing = new Map<string, string>();

const CHANGES: Readonly<Record<string, Change>> = {
  suspension: {
    stillShown: 0,
    make: async ({ crew }, { adjuster: { clientId } }) => {
      const set = (status: string) => done(crew.admin, "PATCH", `/v1/clients/${clientId}`, { status });
      await set("suspended");
      return () => set("active");
    },
  },
  "end of the assignment": {
    stillShown: 0,
    make: async ({ crew }, { path, customerId, assignmentId, adjuster: { clientId } }) => {
      await done(crew.admin, "DELETE", `${path}/assignments/${standing.get(clientId) ?? assignmentId}`);
      return async () => {
        const again = { customerId, clientId, kind: "claim" };
        const { body } = await done(crew.admin, "POST", "/v1/assignments", again);
        standing.set(clientId, String(body["assignmentId"]));
      };
    },
  },
  restriction: { stillShown: 0, make: flag("restricted") },
  // It keeps contact details from adjusters, not what happened.
  "protection order": { stillShown: 1, make: flag("protection-order") },
};

async function done(by: Person, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await patiently(() => by.ask(method, path, body));
  assert.ok(answer.status < 300, answer.text);
  return answer;
}

/** Entries from one index to before the other were certainly sequenced while the change stood. */
interface Span {
  readonly name: string;
  readonly stillShown: number;
  readonly from: number;
  readonly to: number;
}

interface Storm {
  readonly at: Case;
  readonly spans: Span[];
  readonly answers: Answer[];
}

describe(`a storm of changes over disclosures at two servers (seed ${SEED})`, () => {
  let site: RaceSite;
  const ending: (() => unknown)[] = [];
  const storms: Storm[] = [];
  before(async () => {
    site = await openRaceSite({ after: (work: () => unknown) => void ending.unshift(work) });
    for (let opened = 0; opened < CASES; opened += 1) storms.push({ at: await openCase(site), spans: [], answers: [] });
    const over = AbortSignal.timeout(STORM_MS);
    const jobs = storms.flatMap((storm, at) => [
      change(site, storm, randomFrom(SEED + at), over),
      ask(site.slow.url, storm, randomFrom(SEED ^ at), over),
      ask(site.other.url, storm, randomFrom(SEED ^ ~at), over),
    ]);
    await Promise.all([freeze(site, randomFrom(SEED), over), ...jobs]);
  });
  after(async () => {
    for (const end of ending) await end();
  });

  test("nothing was allowed at a place of the ledger where it was forbidden, asked for or not", async () => {
    let forbidden = 0;
    for (const { at, spans } of storms)
      for (const { index, outcome } of await disclosuresOf(site, at)) {
        const span = spans.find(({ from, to, stillShown }) => stillShown === 0 && index >= from && index < to);
        if (span === undefined) continue;
        assert.equal(outcome, "denied", `entry ${index} under the ${span.name}`);
        forbidden += 1;
      }
    assert.ok(forbidden > 0, "nothing was asked while it was forbidden");
  });

  test("no answer showed more than was allowed at the place of its entry, and none has no entry", async () => {
    let whole = 0;
    for (const { at, spans, answers } of storms) {
      const recorded = new Map((await disclosuresOf(site, at)).map(({ index, outcome }) => [index, outcome]));
      for (const answer of answers.filter((each) => shown(at, each).length > 0)) {
        const { index } = answer.body["promise"] as { index: number };
        assert.equal(recorded.get(index), "allowed");
        const span = spans.find(({ from, to }) => index >= from && index < to);
        if (span !== undefined) assert.ok(shown(at, answer).length <= span.stillShown, `entry ${index}: ${span.name}`);
        whole += shown(at, answer).length === at.secrets.length ? 1 : 0;
      }
    }
    assert.ok(whole > 0, "nothing was shown");
    const spans = storms.flatMap((storm) => storm.spans);
    const counts = Object.keys(CHANGES).map((name) => `${name} ${spans.filter((span) => span.name === name).length}`);
    const asked = storms.flatMap(({ answers }) => answers).length;
    console.log(`figures: seed ${SEED}: ${asked} answers, ${whole} of them whole; ${counts.join(", ")}`);
  });

  test("nobody was told but what was found, that it is denied, or to ask again; and all see again what they may", async () => {
    const statuses = new Set(storms.flatMap(({ answers }) => answers.map(({ status }) => status)));
    assert.deepEqual(
      [...statuses].filter((status) => ![200, 401, 503].includes(status)),
      [],
    );
    // Denying is at once; a server may believe a suspension for seconds after it ended elsewhere.
    for (const { at } of storms)
      await until("sees again", async () => shown(at, await at.ask()).length === at.secrets.length, BELIEVED_MS_MAX);
  });
});

async function change(site: RaceSite, { at, spans }: Storm, random: Random, over: AbortSignal): Promise<void> {
  const all = Object.entries(CHANGES);
  while (!over.aborted) {
    const [name, { stillShown, make }] = all[Math.floor(random() * all.length)]!;
    const undo = await make(site, at);
    const from = await sizeOf(site);
    await sleep(random() * FORBIDDEN_MS_MAX);
    spans.push({ name, stillShown, from, to: await sizeOf(site) });
    await undo();
    await sleep(random() * CALM_MS_MAX);
  }
}

async function ask(url: string, { at, answers }: Storm, random: Random, over: AbortSignal): Promise<void> {
  const asker = personAt(url, at.adjuster.clientId, at.adjuster.token);
  while (!over.aborted) {
    answers.push(await at.ask(asker));
    await sleep(random() * BREATH_MS_MAX);
  }
}

/** For less than a lease, and for longer. */
async function freeze({ slow }: RaceSite, random: Random, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await sleep(random() * 2 * LEASE_MS);
    slow.child.kill("SIGSTOP");
    await sleep(random() * 2 * LEASE_MS);
    slow.child.kill("SIGCONT");
  }
}
