// Torture: servers and databases are killed at random and at the worst moments while clients work; then every promise is looked at from outside.
// A failing seed is named; UBERRIMA_TEST_CRASH_SEED=<seed> runs it again, UBERRIMA_FULL=1 runs many kills over several seeds.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { verifyOpening, verifyPromise, verifyPromiseKept } from "../../../sdk/verify/verify.ts";
import { connect } from "../../../sdk/client.ts";
import { fileSignerMemory } from "../../../src/ledger/ledger.ts";
import { startTestServer } from "../../../src/test-server.ts";
import { FEED } from "../test-crew.ts";
import { insist, question, send } from "./test-clients.ts";
import { secretsIn } from "./test-evidence.ts";
import { leavesOf } from "./test-leaves.ts";
import { openEmbeddedPlace, openSharedPlace } from "./test-place.ts";
import { torture, type Tortured } from "./test-torture.ts";

const IS_FULL = process.env["UBERRIMA_FULL"] === "1";
const GIVEN_SEED = process.env["UBERRIMA_TEST_CRASH_SEED"];
const KILLS = IS_FULL ? 12 : 3;
/** At full length two servers on one database come as often as one with its own. */
const newSeeds = (): number[] => (IS_FULL ? [0, 1, 0, 1] : [0]).map((odd) => 2 * randomInt(2 ** 30) + odd);
const SEEDS = GIVEN_SEED === undefined ? newSeeds() : [Number(GIVEN_SEED)];
const REST_MS_MAX = 60_000;
/** How many entries are proven and opened one by one; the others are compared with the public log. */
const PROVEN_MAX = IS_FULL ? 100 : 12;

for (const seed of SEEDS) {
  // An odd seed tortures two servers that share an outside database.
  const [setting, openPlace] =
    seed % 2 === 0
      ? (["a server with its own database", openEmbeddedPlace] as const)
      : (["two servers on one database", openSharedPlace] as const);
  describe(`${setting}, killed again and again (seed ${seed})`, () => {
    let run: Tortured;
    before(async () => {
      run = await torture(seed, KILLS, openPlace).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      const { evidence, kills, secondsTaken, outside } = run;
      const { operations, created, given, imports, erasures, rotations } = evidence;
      console.log(
        `seed ${seed}: ${kills.length} kills in ${secondsTaken} s, ${operations} requests, ${created.length} customers, ${given.length} answers, ` +
          `${imports.length} imports, ${erasures.length} erasures, ${rotations} rotations, ${outside.seen} checkpoints`,
      );
    });
    after(() => run?.place.remove());

    test("tells nobody one thing and then another", () => {
      assert.deepEqual(run.evidence.contradictions, []);
    });

    test("says of what it could not do that it may be tried again, and never that something is wrong", () => {
      const statuses = new Set(run.evidence.given.filter(({ whole }) => whole).map(({ status }) => status));
      assert.deepEqual(
        [...statuses].filter((status) => status !== 200 && status !== 503),
        [],
      );
    });

    test("finishes every erasure it acknowledged, and shows nothing of what was erased", async () => {
      const { work, evidence } = run;
      assert.ok(evidence.erasures.length > 0);
      for (const { erasureId, customer } of evidence.erasures) {
        const path = `/v1/erasures/${erasureId}`;
        const end = Date.now() + REST_MS_MAX;
        for (let swept: unknown = null; swept === null;) {
          assert.ok(Date.now() < end, "an erasure does not come to its end");
          const erasure = await insist(work, work.crew.dpo, { method: "GET", path });
          swept = erasure["state"] === "final" ? erasure["sweptAt"] : null;
        }
        const shown = await send(work, work.reader, {
          method: "POST",
          path: "/v1/disclosures",
          body: question(customer.customerId),
        });
        assert.deepEqual([shown.status, secretsIn(shown.text)], [200, []]);
      }
    });

    test("loses nothing that was acknowledged: every customer is there, in the hands it was given to, with every value", async () => {
      const { work, evidence } = run;
      const living = evidence.created.filter(({ erased }) => !erased);
      assert.ok(living.length > 0);
      for (const { customerId, secrets } of living) {
        const shown = await insist(work, work.reader, {
          method: "POST",
          path: "/v1/disclosures",
          body: question(customerId),
        });
        assert.deepEqual(secretsIn(JSON.stringify(shown)).toSorted(), secrets.toSorted());
      }
    });

    test("does nothing twice: repeated keys answer the same ids, and there are as many rows as were acknowledged", async () => {
      const { work, evidence, place } = run;
      for (const { key, draft, customerId, erased } of evidence.created) {
        if (erased) continue;
        const again = await insist(work, work.crew.maker, { method: "POST", path: "/v1/customers", body: draft, key });
        assert.equal(again["customerId"], customerId);
      }
      const client = new pg.Client({ connectionString: await place.ownerUrl() });
      await client.connect();
      const { rows } = await client.query<{ customers: string; records: string }>(
        "select (select count(*) from customer) as customers, (select count(*) from record) as records",
      );
      await client.end();
      const sum = (of: (one: (typeof evidence.imports)[number]) => number): number =>
        evidence.imports.reduce((total, one) => total + of(one), 0);
      assert.deepEqual(
        [Number(rows[0]?.customers), Number(rows[0]?.records)],
        [
          evidence.created.length + sum(({ customersCreated }) => customersCreated),
          2 * evidence.created.filter(({ erased }) => !erased).length + sum(({ records }) => records),
        ],
      );
    });

    test("comes to the same totals with its imports as a server that nobody kills", async (context) => {
      const calm = await startTestServer({ settings: { UBERRIMA_LEASE_SECONDS: "60" } });
      context.after(() => calm.stop());
      const feed = await calm.createClient({
        ...FEED,
        role: "service-account",
        purposes: ["administration"],
        classCeiling: ["identity"],
        rowScope: "none",
      });
      const { imports } = connect({ url: calm.url, token: feed.token });
      assert.ok(run.evidence.imports.length > 0);
      for (const { bytes, sha256, totals } of run.evidence.imports) {
        const undisturbed = await imports.send(
          await imports.start({ mapping: "life-policy", sizeBytes: bytes.length, sha256 }),
          new Blob([bytes]),
        );
        assert.deepEqual(totals, undisturbed.totals);
      }
    });

    test("keeps one history: all checkpoints ever seen, before and after each kill, are of the log there is", async () => {
      const { outside, place } = run;
      await outside.look(await place.url());
      assert.ok(outside.seen > KILLS);
      await outside.verify(await place.url(), IS_FULL ? 60 : 15);
    });

    test("has the signer remember at least what it ever signed", async () => {
      const memory = await fileSignerMemory(join(run.place.keyring, "signer")).read();
      const { size } = await run.outside.look(await run.place.url());
      assert.ok(memory !== null && memory.size >= size);
    });

    test("has an entry for every plaintext that anybody received, whole or in part", async () => {
      const { work, evidence, outside, place } = run;
      const showing = evidence.given.filter(({ text }) => secretsIn(text).length > 0);
      assert.ok(showing.length > 0);
      const { size } = await outside.look(await place.url());
      const leaves = await leavesOf(await place.url(), size);
      for (const { text, whole } of showing) {
        if (!whole) {
          const entryId = /"disclosureId":"([^"]+)"/.exec(text)?.[1];
          await insist(work, work.reader, { method: "GET", path: `/v1/entries/${entryId}` });
          continue;
        }
        const promised = verifyPromise((JSON.parse(text) as { promise: unknown }).promise, outside.promiseKey);
        assert.deepEqual(leaves[promised.index], promised.leaf, "the log keeps its word");
      }
    });

    test("proves and opens those entries to whoever oversees it", async () => {
      const { work, evidence, outside, auditor } = run;
      const showing = evidence.given.filter(({ text, whole }) => whole && secretsIn(text).length > 0);
      const step = Math.max(1, Math.floor(showing.length / PROVEN_MAX));
      for (let at = 0; at < showing.length; at += step) {
        const { disclosureId, promise } = JSON.parse(showing[at]!.text) as { disclosureId: string; promise: unknown };
        const reader = connect({ url: await work.place.url(), token: work.reader.token });
        verifyPromiseKept(promise, outside.promiseKey, await reader.ledger.receipt(disclosureId), outside.logKey);
        const opening = await connect({ url: await work.place.url(), token: auditor.token }).ledger.opening(
          disclosureId,
          "audit",
        );
        const { detail } = verifyOpening(verifyPromise(promise, outside.promiseKey).leaf, opening.r, opening.detail);
        const told = JSON.stringify(detail);
        const customers = evidence.created.filter(({ secrets }) =>
          secrets.some((secret) => showing[at]!.text.includes(secret)),
        );
        assert.ok(customers.length > 0 && customers.every(({ customerId }) => told.includes(customerId)));
      }
    });

    test("finds nothing amiss in what is stored", async () => {
      const { work } = run;
      const report = await insist(work, work.crew.security, { method: "POST", path: "/v1/verifications", body: {} });
      assert.deepEqual(report["findings"], []);
    });

    test("logs nothing of what it was told in confidence, however it died", () => {
      assert.deepEqual(secretsIn(run.place.output()), []);
    });

    test("leaves no process behind when it is asked to end", async () => {
      assert.deepEqual(await run.place.stop(), []);
    });
  });
}
