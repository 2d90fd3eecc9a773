// Races between a disclosure in one process and a change of what it rests on in another: before it is recorded, and before it is released.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Case,
  disclosuresOf,
  eraseFinally,
  LEASE_MS,
  openCase,
  openRaceSite,
  patiently,
  type RaceSite,
  shown,
  sizeOf,
} from "./test-race.ts";

const APPEND = /ledger[-_]append/;
const STANDS_MS_MAX = 2000;
/** In which a question that nothing holds up is answered, also on a busy machine. */
const ANSWERED_MS = 250;
const TRIES_MAX = 5;

type Change = (site: RaceSite, at: Case) => Promise<{ status: number; text: string }>;

/** What may be changed, at the other server; of the secrets none may be shown afterwards but those named. */
const CHANGES: Readonly<Record<string, { readonly change: Change; readonly stillShown?: number }>> = {
  "the revocation of the client": {
    change: ({ crew }, { adjuster }) =>
      crew.admin.ask("PATCH", `/v1/clients/${adjuster.clientId}`, { status: "revoked" }),
  },
  "the suspension of the client": {
    change: ({ crew }, { adjuster }) =>
      crew.admin.ask("PATCH", `/v1/clients/${adjuster.clientId}`, { status: "suspended" }),
  },
  "the end of the assignment": {
    change: ({ crew }, { path, assignmentId }) => crew.admin.ask("DELETE", `${path}/assignments/${assignmentId}`),
  },
  "a restriction of processing": {
    change: ({ crew }, { path }) => crew.dpo.ask("POST", `${path}/flags`, { kind: "restricted", reason: "a race" }),
  },
  "a protection order": {
    change: ({ crew }, { path }) =>
      crew.dpo.ask("POST", `${path}/flags`, { kind: "protection-order", reason: "a race" }),
    // It keeps contact details from adjusters, not what happened.
    stillShown: 1,
  },
  "an erasure": {
    change: ({ crew }, { customerId, unitIds }) =>
      crew.dpo.ask("POST", "/v1/erasures", { customerId, unitId: unitIds[0], reason: "a race" }),
    // The claim stays: what is open is not erased.
    stillShown: 1,
  },
};

async function soon(isSo: () => Promise<boolean>): Promise<void> {
  const since = Date.now();
  while (!(await isSo()) && Date.now() - since < STANDS_MS_MAX) await sleep(10);
}

describe("a disclosure that is stopped in one server while another changes what it rests on", () => {
  let site: RaceSite;
  const ending: (() => unknown)[] = [];
  before(async () => {
    site = await openRaceSite({ after: (work: () => unknown) => void ending.unshift(work) });
  });
  after(async () => {
    for (const end of ending) await end();
  });

  /** Makes sure that there is something to lose. */
  const openShownCase = async (): Promise<Case> => {
    const opened = await openCase(site);
    const calm = await patiently(opened.ask);
    assert.equal(shown(opened, calm).length, opened.secrets.length, calm.text);
    return opened;
  };
  const apply = async (change: Change, at: Case): Promise<number> => {
    const sizeBefore = await sizeOf(site);
    const { status, text } = await change(site, at);
    assert.ok(status < 300, text);
    return sizeBefore;
  };

  /**
   * Asks, and stops the slow server before its entry is written, or once it stands and before the server has read that it does. The server writes other
   * entries at times: where one of them was held instead, it is let go, and another question asked.
   */
  const held = async (at: Case, where: "before" | "after") => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const earlier = (await disclosuresOf(site, at)).length;
      const stands = async (): Promise<boolean> => (await disclosuresOf(site, at)).length > earlier;
      const hold = where === "before" ? site.gateway.holdRequest(APPEND) : site.gateway.holdAnswer(APPEND);
      const answering = at.ask();
      await hold.caught();
      if (where === "after") await soon(stands);
      const isAnswered = await Promise.race([answering.then(() => true), sleep(ANSWERED_MS).then(() => false)]);
      if (!isAnswered && (await stands()) === (where === "after")) return { hold, answering, earlier };
      hold.release();
      await answering;
    }
    return assert.fail("its own entry was never held");
  };

  for (const [name, { change, stillShown = 0 }] of Object.entries(CHANGES)) {
    test(`decided before ${name} and recorded after it: it is decided anew, and its entry says what was answered`, async () => {
      const at = await openShownCase();
      const { hold, answering, earlier } = await held(at, "before");
      const changedAt = await apply(change, at);
      hold.release();
      const answer = await answering;
      assert.equal(shown(at, answer).length, stillShown, answer.text);
      const recorded = (await disclosuresOf(site, at)).slice(earlier);
      assert.ok(
        recorded.every(({ index }) => index > changedAt),
        "nothing was recorded on the old decision",
      );
      if (stillShown === 0) assert.ok(recorded.every(({ outcome }) => outcome === "denied"));
    });
  }

  for (const [name, { change, stillShown = 0 }] of Object.entries(CHANGES)) {
    test(`recorded before ${name} and released after it: only within the moment of a lease, and the ledger has it first`, async () => {
      const at = await openShownCase();
      const { hold, answering, earlier } = await held(at, "after");
      const changedAt = await apply(change, at);
      hold.release();
      const answer = await answering;
      assert.ok(answer.status < 500 || answer.status === 503, answer.text);
      if (shown(at, answer).length > stillShown) {
        const recorded = (await disclosuresOf(site, at)).at(earlier);
        assert.ok(recorded !== undefined && recorded.index < changedAt);
      }
    });
  }

  for (const name of ["the revocation of the client", "a protection order"]) {
    const { change, stillShown = 0 } = CHANGES[name]!;
    test(`recorded before ${name} and held up for longer than a lease: nothing is released on the old decision`, async () => {
      const at = await openShownCase();
      const { hold, answering } = await held(at, "after");
      await apply(change, at);
      await sleep(LEASE_MS * 1.2);
      hold.release();
      const answer = await answering;
      assert.ok(shown(at, answer).length <= stillShown, answer.text);
      assert.ok(answer.status < 500 || answer.status === 503, answer.text);
    });
  }

  test("a server frozen between record and release that wakes after the erasure is final releases nothing of it", async () => {
    const at = await openShownCase();
    const { hold, answering } = await held(at, "after");
    site.slow.child.kill("SIGSTOP");
    hold.release();
    await eraseFinally(site, at);
    site.slow.child.kill("SIGCONT");
    const answer = await answering;
    assert.deepEqual(shown(at, answer), []);
    assert.ok(answer.status < 500 || answer.status === 503, answer.text);
  });

  test("a server that held leased keys of a customer when it was frozen shows nothing of them after the erasure is final", async () => {
    const at = await openShownCase();
    site.slow.child.kill("SIGSTOP");
    await eraseFinally(site, at);
    const asked = at.ask();
    site.slow.child.kill("SIGCONT");
    for (const answer of [await asked, await patiently(at.ask)]) assert.deepEqual(shown(at, answer), []);
    assert.equal((await patiently(at.ask)).status, 200);
  });
});
