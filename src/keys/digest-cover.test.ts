// Covers of digests: what a rotation changes without knowing what was digested.
import assert from "node:assert/strict";
import { createCipheriv, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { asToken } from "../kernel/bytes.ts";
import { digestCover } from "./digest-cover.ts";
import type { Keys } from "./keys.ts";
import { subkey } from "./mac.ts";
import { openTestKeys, type TestKeys } from "./test-keys.ts";

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(asToken);

test("what was covered is uncovered, in any order, and equal digests alone have equal covers", () => {
  const cover = digestCover({ version: 1, raw: randomBytes(32) });
  fc.assert(
    fc.property(fc.uniqueArray(digests, { minLength: 2, maxLength: 5, selector: (each) => each.join() }), (given) => {
      const covered = given.map(cover.cover);
      for (const [at, digest] of given.entries())
        assert.deepEqual(Buffer.from(cover.uncover(covered[at]!)), Buffer.from(digest));
      assert.equal(new Set(covered.map((each) => each.join())).size, given.length);
      assert.deepEqual(given.map(cover.cover), covered);
      assert.deepEqual(cover.coverMany(given), covered);
    }),
  );
});

test("a cover is AES-256 under a key of the version's own, and takes digests only", () => {
  const raw = randomBytes(32);
  const digest = asToken(randomBytes(32));
  const aes = createCipheriv("aes-256-ecb", subkey(raw, "uberrima/digest-cover/v1"), null).setAutoPadding(false);
  assert.deepEqual(Buffer.from(digestCover({ version: 1, raw }).cover(digest)), aes.update(digest));
  assert.notDeepEqual(digestCover({ version: 1, raw: randomBytes(32) }).cover(digest), aes.update(digest));
  for (const size of [0, 16, 31, 33, 64]) {
    assert.throws(() => digestCover({ version: 1, raw }).cover(asToken(randomBytes(size))), { code: "limit" });
  }
});

describe("while the key of covers is rotated", () => {
  let world: TestKeys;
  let keys: Keys;
  let other: Keys;
  before(async () => {
    world = await openTestKeys({ refreshSeconds: 0.1, retireAfterSeconds: 0 });
    ({ keys } = world);
    other = await world.reopen();
  });
  after(() => world.close());

  const versions = (of: Keys, to: "read" | "write") => of.digestCovers(to).map(({ version }) => version);

  test("at any moment each of two processes writes and reads under what the other holds the newest", async () => {
    const rotated = new AbortController();
    // On beyond the moment in which the two disagree on the newest version.
    const rotating = keys
      .rotateDomain("tokens")
      .then(() => sleep(300))
      .finally(() => rotated.abort());
    let looks = 0;
    for (; !rotated.signal.aborted; looks += 1) {
      const [left, right] = [versions(keys, "write"), versions(other, "write")];
      // Whichever is first with either, the other one meets it: each writes under what the other holds the newest, and finds it.
      assert.ok(left.includes(right[0]!) && right.includes(left[0]!), `${left.join()} and ${right.join()}`);
      assert.ok(versions(keys, "read").includes(right[0]!) && versions(other, "read").includes(left[0]!));
      await sleep(5);
    }
    await rotating;
    assert.ok(looks > 10);
  });

  test("the digest stays, its cover does not, and goes with its version", async () => {
    const digest = keys.keyedDigest("source-key", "policy 1");
    const was = keys.digestCovers("write")[0]!;
    const { version, retiring } = await keys.rotateDomain("tokens");
    assert.deepEqual(keys.keyedDigest("source-key", "policy 1"), digest);
    const now = keys.digestCovers("write")[0]!;
    assert.equal(now.version, version);
    assert.notDeepEqual(now.cover(digest), was.cover(digest));
    await assert.rejects(
      keys.retireVersion("tokens", was.version, async () => false),
      { code: "too-soon" },
      "other processes may still write under it",
    );
    await sleep(900);
    assert.deepEqual(versions(other, "write"), [version]);
    for (const old of retiring) await keys.retireVersion("tokens", old, async () => false);
    assert.deepEqual(versions(keys, "read"), [version]);
  });

  test("the base key of lasting digests is not rotated", async () => {
    await assert.rejects(keys.rotateDomain("base"), { code: "not-rotatable" });
  });
});
