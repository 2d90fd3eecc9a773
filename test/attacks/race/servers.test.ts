// Races between servers that share one database: publishers, finishers of erasures and writers that are frozen with a lock in hand.
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyPromiseKept } from "../../../sdk/verify/verify.ts";
import { sql } from "../../../src/postgres/sql.ts";
import { openOutsideVerifier, type OutsideVerifier } from "../test-outside-verifier.ts";
import { type Answer, personAt } from "../test-stage.ts";
import {
  closeClaim,
  disclosuresOf,
  openCase,
  openRaceSite,
  patiently,
  type RaceSite,
  shown,
  sizeOf,
  until,
} from "./test-race.ts";

const GOVERNANCE = join(import.meta.dirname, "../../../governance");
const QUESTIONS = 20;

let site: RaceSite;
let outside: OutsideVerifier;
const ending: (() => unknown)[] = [];
before(async () => {
  site = await openRaceSite({ after: (work: () => unknown) => void ending.unshift(work) });
  outside = await openOutsideVerifier(site.other.url, site.crew.admin.token);
});
afterEach(() => {
  for (const { child } of [site.slow, site.other]) child.kill("SIGCONT");
});
after(async () => {
  for (const end of ending) await end();
});

/** What PostgreSQL itself does to a session that stands still in a transaction, and its administrator by hand. */
async function takeLocksFromSilent(): Promise<void> {
  const rows = await site.db.database.query<{ ended: boolean }>(
    sql`select pg_terminate_backend(pid) as ended from pg_stat_activity
        where usename = current_user and datname = current_database() and state = 'idle in transaction'
          and now() - state_change > interval '200 milliseconds'`,
  );
  assert.ok(rows.length > 0, "somebody stands still with a lock");
}

async function isWell(): Promise<void> {
  const isReady = async (): Promise<boolean> => (await fetch(`${site.slow.url}/health/ready`)).status === 200;
  await until("the server is well again", isReady);
}

describe("many servers on one database", () => {
  test("write one history: every promise of each is kept, no index twice, and no checkpoint contradicts another", async (context) => {
    const third = await site.start();
    context.after(async () => {
      third.child.kill("SIGTERM");
      await third.ended;
    });
    const urls = [site.slow.url, site.other.url, third.url];
    const cases = await Promise.all([openCase(site), openCase(site), openCase(site)]);
    const looking = new AbortController();
    const looks = (async (): Promise<void> => {
      for (let at = 0; !looking.signal.aborted; at += 1) await outside.look(urls[at % 3]!);
    })();
    const answers = await Promise.all(
      cases.flatMap(({ adjuster, customerId }) =>
        urls.flatMap((url) =>
          Array.from({ length: QUESTIONS }, async (_, at): Promise<Answer> => {
            await sleep(at * 50);
            const fields = ["claim.narrative"];
            const question = { customerId, purpose: "claim-handling", fields };
            const asker = personAt(url, adjuster.clientId, adjuster.token);
            return patiently(() => asker.ask("POST", "/v1/disclosures", question));
          }),
        ),
      ),
    );
    const promises = answers.map(({ status, text, body }) => {
      assert.equal(status, 200, text);
      return body["promise"] as { index: number };
    });
    assert.equal(new Set(promises.map(({ index }) => index)).size, answers.length);
    const last = Math.max(...promises.map(({ index }) => index));
    await until("published", async () => (await outside.look(third.url)).size > last);
    looking.abort();
    await looks;
    assert.ok(outside.seen > 2);
    for (const at of [0, 1, 2]) {
      const { body } = answers[at * QUESTIONS]!;
      const { token } = cases[0]!.adjuster;
      const path = `${urls[at]}/v1/entries/${String(body["disclosureId"])}/receipt`;
      const receipt = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
      verifyPromiseKept(body["promise"], outside.promiseKey, await receipt.text(), outside.logKey);
    }
    await outside.verify(site.other.url, 10);
  });
});

describe("a publisher that is frozen just before it commits what it signed", () => {
  test("holds up nobody once its lock is taken away, signs nothing twice, and goes on when it wakes", async () => {
    const at = await openCase(site);
    const hold = site.gateway.holdRequest(/update ledger_checkpoint/);
    const writing = new AbortController();
    const writer = (async (): Promise<void> => {
      while (!writing.signal.aborted) await at.ask();
    })();
    await hold.caught();
    writing.abort();
    await writer;
    const stuck = await outside.look(site.other.url);
    await sleep(500);
    assert.equal((await outside.look(site.other.url)).size, stuck.size, "the frozen publisher has the lock");
    await takeLocksFromSilent();
    const size = await sizeOf(site);
    await until("another publishes", async () => (await outside.look(site.other.url)).size >= size);
    hold.release();
    await at.ask();
    const larger = await sizeOf(site);
    await until("publishing goes on", async () => (await outside.look(site.slow.url)).size >= larger);
    await outside.verify(site.slow.url, 5);
    await isWell();
  });
});

describe("a server that is frozen while it rewraps for an erasure", () => {
  const keysInStore = async (): Promise<string[]> => {
    const folders = (await readdir(site.bucketFolder)).map((name) => join(site.bucketFolder, name));
    return (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
  };

  // What is in use is asked once for the rewrap and twice for the destruction.
  for (const [moment, pattern, passing] of [
    ["before it stores a new bucket key", /select distinct bucket_version/, 0],
    ["after it stored the new bucket key", /update key_bucket set version/, 0],
    ["before it commits the rewrap", /update erasure set state/, 0],
    ["before it destroys the old key", /select distinct bucket_version/, 2],
  ] as const) {
    test(`${moment}, and loses its lock, neither brings back the destroyed key on waking nor harms the living`, async () => {
      const [at, beside] = [await openCase(site), await openCase(site)];
      await closeClaim(at);
      site.other.child.kill("SIGSTOP");
      const hold = site.gateway.holdRequest(pattern, passing);
      const dpo = personAt(site.slow.url, site.crew.dpo.clientId, site.crew.dpo.token);
      const erasure = { customerId: at.customerId, reason: "a race is run over this" };
      const asked = await dpo.ask("POST", "/v1/erasures", erasure);
      await hold.caught();
      await sleep(300);
      site.other.child.kill("SIGCONT");
      await takeLocksFromSilent();
      const path = `/v1/erasures/${String(asked.body["erasureId"])}`;
      await until("the erasure ends", async () => {
        return (await site.crew.dpo.ask("GET", path)).body["state"] === "final";
      });
      const atFinal = await keysInStore();
      hold.release();
      await sleep(2500);
      assert.deepEqual((await keysInStore()).toSorted(), atFinal.toSorted());
      const buckets = atFinal.map((name) => name.slice(0, 4));
      assert.equal(new Set(buckets).size, buckets.length, "one key a bucket");
      assert.equal(shown(beside, await patiently(beside.ask)).length, 2);
      assert.deepEqual(shown(at, await patiently(at.ask)), []);
      await isWell();
    });
  }
});

describe("a server that is frozen in the middle of a write, with the ledger's head in hand", () => {
  test("stops the others for no longer than ten seconds, and its write, not acknowledged, is done once when repeated", async () => {
    const at = await openCase(site);
    const maker = personAt(site.slow.url, site.crew.maker.clientId, site.crew.maker.token);
    const place = { kind: "relationship", entity: "acme", brand: "acme", line: "life" };
    const draft = {
      kind: "person",
      units: [{ ...place, records: [{ type: "person", fields: { "first-name": "Mara" } }] }],
    };
    const create = (): Promise<Answer> => maker.ask("POST", "/v1/customers", draft, { "idempotency-key": "frozen" });
    const customers = async (): Promise<number> => {
      const [row] = await site.db.owner.query<{ count: number }>(sql`select count(*) as count from customer`);
      return row?.count ?? -1;
    };
    const earlier = await customers();
    const hold = site.gateway.holdAnswer(/ledger[-_]append/);
    const creating = create();
    await hold.caught();
    const { adjuster, customerId } = at;
    const beganMs = Date.now();
    const question = { customerId, purpose: "claim-handling", fields: ["claim.narrative"] };
    // The wait outlasts the lease of the first decision.
    const answer = await patiently(() => adjuster.ask("POST", "/v1/disclosures", question));
    assert.equal(answer.status, 200, answer.text);
    assert.ok(Date.now() - beganMs < 13_000);
    hold.release();
    const first = await creating;
    assert.ok(first.status >= 500, first.text);
    const [again, oncemore] = [await create(), await create()];
    assert.deepEqual([again.status, oncemore.status], [201, 201], again.text + oncemore.text);
    assert.equal(again.body["customerId"], oncemore.body["customerId"]);
    assert.equal(await customers(), earlier + 1);
    await isWell();
  });
});

describe("other policies, put in force by another server", () => {
  test("between decision and record: nothing is released under the former ones, by whoever still has them", async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "uberrima-governance-"));
    context.after(() => rm(folder, { recursive: true, force: true }));
    await cp(GOVERNANCE, folder, { recursive: true });
    const path = join(folder, "policies", "claims.cedar");
    await writeFile(path, `${await readFile(path, "utf8")}\n// Another text is another policy set.\n`);
    const at = await openCase(site);
    const hold = site.gateway.holdRequest(/ledger[-_]append/);
    const answering = at.ask();
    await hold.caught();
    const third = await site.start({ UBERRIMA_GOVERNANCE: folder });
    hold.release();
    const answer = await answering;
    assert.deepEqual([answer.status, shown(at, answer)], [503, []], answer.text);
    assert.equal((await at.ask()).status, 503);
    assert.deepEqual(await disclosuresOf(site, at), []);
    const { adjuster, customerId } = at;
    const question = { customerId, purpose: "claim-handling", fields: ["claim.narrative"] };
    const under = await personAt(third.url, adjuster.clientId, adjuster.token).ask("POST", "/v1/disclosures", question);
    assert.equal(shown(at, under).length, 1, under.text);
  });
});
