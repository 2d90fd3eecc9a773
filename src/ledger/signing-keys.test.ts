// The log's signing keys while they are rotated: who trusts any of them is never left behind, and nobody else can put a key in their place.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { followHandovers, verifyPromise, verifyReceipt } from "../../sdk/verify/verify.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import { openTestKeys, type TestKeys } from "../keys/test-keys.ts";
import { sql } from "../postgres/sql.ts";
import { signJointly } from "./joint-signer.ts";
import { checkLedger, fileSignerMemory, type Ledger, openLedger } from "./ledger.ts";
import { noteSigner, parseVerifierKey } from "./note.ts";
import { insertHandover } from "./store-handover.ts";
import { appendMany, TEST_ORIGIN, TEST_SHARD } from "./test-ledger.ts";

const REFRESH_SECONDS = 0.05;
/** Before that an old key may not go, though every process knows the new one. */
const OVERLAP_SECONDS = 60;

const SIGNING = ["ledger-signing", "promise-signing"] as const;
type SigningDomain = (typeof SIGNING)[number];

describe("while the log's signing keys are rotated", () => {
  let world: TestKeys;
  let ledger: Ledger;
  let publishing: ReturnType<Ledger["startPublishing"]>;
  const failures: unknown[] = [];
  /** The keys' own time, which passes when the test says so: on a busy machine any other may be over before its turn comes. */
  let now = Date.now();
  before(async () => {
    world = await openTestKeys({
      refreshSeconds: REFRESH_SECONDS,
      signingOverlapSeconds: OVERLAP_SECONDS,
      clock: { now: () => new Date(now) },
    });
    ledger = await openLedger(options());
    publishing = ledger.startPublishing({ everyMs: 10, onFailure: (failure) => failures.push(failure) });
  });
  after(async () => {
    await publishing.stop();
    await world.close();
  });

  const options = (keys = world.keys) => ({
    database: world.database,
    keys,
    clock: systemClock,
    origin: TEST_ORIGIN,
    logShard: TEST_SHARD,
    signerMemory: fileSignerMemory(`${world.folder}/signer`),
  });
  const receiptOf = async (entryId: Parameters<Ledger["receipt"]>[0]): Promise<string> => {
    for (;;) {
      const receipt = await ledger.receipt(entryId);
      if (receipt !== null) return receipt;
      await sleep(10);
    }
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await sleep(10);
  };
  /** Until what happened to the domain's keys here is known in the other process. */
  const untilKnownIn = (other: Keys, domain: SigningDomain): Promise<void> => {
    const known = (keys: Keys) => keys.signingSeeds(domain).map(({ version, pending }) => ({ version, pending }));
    return until(() => isDeepStrictEqual(known(other), known(world.keys)));
  };
  const notes = async () => {
    const keys = await ledger.keys();
    return [...keys["ledger-signing"], ...keys["promise-signing"]].flatMap(({ handover }) => handover ?? []);
  };
  const retireAll = async (domain: SigningDomain, retiring: readonly number[]) => {
    await until(() => ledger.isSignedByNewest());
    now += 1000 * OVERLAP_SECONDS;
    for (const version of retiring) await world.keys.retireVersion(domain, version, async () => false);
  };

  test("both sign for a while; who holds the old key goes on verifying and comes to the new one", async () => {
    const [first] = await appendMany(ledger, 1);
    const oldReceipt = await receiptOf(first!.entryId);
    const [oldLog, oldPromise] = [ledger.logKey, ledger.promiseKey];
    const otherKeys = await world.reopen();
    const elsewhere = await openLedger(options(otherKeys));
    const elsewherePublishing = elsewhere.startPublishing({
      everyMs: 10,
      onFailure: (failure) => failures.push(failure),
    });
    const logRotation = await world.keys.rotateDomain("ledger-signing");
    const promiseRotation = await world.keys.rotateDomain("promise-signing");
    assert.equal(await ledger.handOver("ledger-signing"), 1);
    assert.equal(await ledger.handOver("promise-signing"), 1);
    assert.equal(await ledger.handOver("ledger-signing"), 0, "once is enough");
    const [newLog, newPromise] = [ledger.logKey, ledger.promiseKey];
    assert.notEqual(newLog, oldLog);
    for (const domain of SIGNING) await untilKnownIn(otherKeys, domain);

    const [during] = await appendMany(ledger, 1);
    for (const key of [oldPromise, newPromise]) verifyPromise(during!.promise, key);
    const receipt = await receiptOf(during!.entryId);
    for (const key of [oldLog, newLog]) assert.equal(verifyReceipt(receipt, key).index, during!.index);
    await assert.rejects(
      world.keys.retireVersion(
        "ledger-signing",
        logRotation.retiring[0]!,
        async () => !(await ledger.isSignedByNewest()),
      ),
      { code: "too-soon" },
    );
    await retireAll("ledger-signing", logRotation.retiring);
    await retireAll("promise-signing", promiseRotation.retiring);
    for (const domain of SIGNING) await untilKnownIn(otherKeys, domain);
    const [late] = await appendMany(ledger, 1);
    verifyPromise(late!.promise, newPromise);
    assert.throws(() => verifyPromise(late!.promise, oldPromise), { code: "bad-signature" });
    const lateReceipt = await receiptOf(late!.entryId);
    verifyReceipt(lateReceipt, newLog);
    assert.throws(() => verifyReceipt(lateReceipt, oldLog), { code: "bad-signature" });
    verifyReceipt(oldReceipt, oldLog);
    assert.equal(followHandovers(oldLog, await notes()), newLog);
    assert.equal(followHandovers(oldPromise, await notes()), newPromise);
    await elsewherePublishing.stop();
    assert.deepEqual(failures, []);
    assert.deepEqual(await Array.fromAsync(checkLedger(options())), []);
    await openLedger(options(await world.reopen()));
  });

  test("a log in which nothing happens is signed again by the new key, so that the old one may go", async () => {
    const [entry] = await appendMany(ledger, 1);
    await receiptOf(entry!.entryId);
    const { retiring } = await world.keys.rotateDomain("ledger-signing");
    await ledger.handOver("ledger-signing");
    await until(() => ledger.isSignedByNewest());
    await retireAll("ledger-signing", retiring);
    assert.equal(verifyReceipt(await receiptOf(entry!.entryId), ledger.logKey).index, entry!.index);
    await openLedger(options(await world.reopen()));
  });

  test("the keys there were are told, with when each came", async () => {
    const { "ledger-signing": keys } = await ledger.keys();
    assert.deepEqual(
      keys.map(({ signs, since }) => [signs, since === null]),
      [
        [true, false],
        [false, false],
        [false, true],
      ],
    );
    assert.equal(followHandovers(keys.at(-1)!.key, await notes()), ledger.logKey);
  });

  test("a handover that somebody else made or changed is shown to nobody and leads nowhere", async () => {
    const genuine = await ledger.keys();
    const intruder = noteSigner(TEST_ORIGIN, randomBytes(32));
    const text = (from: string, to: string) => `uberrima.org/key-handover/v1\n${from}\n${to}\n1700000000\n`;
    const forged = [
      signJointly([intruder], text(ledger.logKey, intruder.verifierKey)),
      signJointly([intruder], text(intruder.verifierKey, ledger.logKey)),
      (await notes())[0]!.replace(/\n([0-9]+)\n/, (_, time: string) => `\n${Number(time) + 1}\n`),
      "nonsense",
    ];
    for (const note of forged) await insertHandover(world.database, "ledger-signing", note);
    const reopened = await openLedger(options());
    assert.deepEqual(await reopened.keys(), genuine);
    assert.equal(followHandovers(ledger.logKey, [...forged, ...(await notes())]), ledger.logKey);
    await assert.rejects(world.database.query(sql`delete from log_key_handover`), /permission denied/);
    await assert.rejects(world.database.query(sql`update log_key_handover set note = ''`), /permission denied/);
  });

  test("a verifier key is read back, and none that was changed", () => {
    const { verifierKey, verifiers } = noteSigner("ledger.test/a", Buffer.alloc(32, 3));
    assert.deepEqual(parseVerifierKey(verifierKey)?.keyId, verifiers[0]!.keyId);
    for (const at of [0, 5, 16, 30, verifierKey.length - 1]) {
      const changed = verifierKey.slice(0, at) + (verifierKey[at] === "A" ? "B" : "A") + verifierKey.slice(at + 1);
      assert.equal(parseVerifierKey(changed), null, changed);
    }
    assert.equal(parseVerifierKey(""), null);
  });
});
