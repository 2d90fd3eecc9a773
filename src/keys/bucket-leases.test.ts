// Leases of bucket keys: kept up by looking at many buckets at once, and never longer than the store held the key.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { openBucketFolder } from "./bucket-folder.ts";
import { BUCKET_COUNT, freshBucketKey, prepareBuckets } from "./bucket-keys.ts";
import { BucketLeases } from "./bucket-leases.ts";
import type { BucketStore } from "./bucket-store.ts";
import type { DomainKeys } from "./domain-keys.ts";

const LEASE_MS = 1000;
let folder: string;
let store: BucketStore;
let nowMs = 0;
const calls = { read: 0, look: 0 };
/** The wrapping does not matter here. */
const domains = {
  sealUnder: (_: string, secret: Uint8Array) => Buffer.concat([Buffer.alloc(33), secret]),
  openUnder: (_: string, sealed: Uint8Array) => Buffer.from(sealed.subarray(33)),
  version: () => ({}),
} as unknown as DomainKeys;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-leases-"));
});
after(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  const opened = await openBucketFolder(folder);
  const { shelves } = opened;
  assert.ok(shelves);
  Object.assign(calls, { read: 0, look: 0 });
  store = {
    ...opened,
    read: (bucket) => ((calls.read += 1), opened.read(bucket)),
    shelves: { ...shelves, look: (shelf) => ((calls.look += 1), shelves.look(shelf)) },
  };
});

function newLeases(): BucketLeases {
  return new BucketLeases({ store, domains, leaseMs: LEASE_MS, nowMs: () => nowMs, algorithm: "aes-256-gcm-siv" });
}

test("one look keeps up the leases of all buckets beside it, and reads none of them again", async () => {
  const leases = newLeases();
  const held = await Promise.all([0, 1, 2, 3].map((bucket) => leases.current(bucket)));
  const reads = calls.read;
  nowMs += LEASE_MS * 0.6;
  assert.deepEqual(await Promise.all([0, 1, 2].map((bucket) => leases.current(bucket))), held.slice(0, 3));
  assert.deepEqual(calls, { read: reads, look: 1 });
  nowMs += LEASE_MS * 0.6;
  assert.ok(held.every((lease) => leases.isLive(lease)));
});

test("a key destroyed behind the process's back is not kept up, and is over when its lease is", async () => {
  const leases = newLeases();
  const [kept, gone] = [await leases.current(0), await leases.current(1)];
  await store.add(1, freshBucketKey(domains, 1, 2));
  await store.destroy(1, 1);
  nowMs += LEASE_MS * 0.6;
  await leases.current(0);
  assert.equal(await leases.of(1, 1), undefined);
  assert.equal((await leases.current(1)).secret.key.version, 2);
  nowMs += LEASE_MS * 0.6;
  assert.ok(leases.isLive(kept));
  assert.ok(!leases.isLive(gone));
});

test("a key that is being destroyed is not told of by a look", async () => {
  const leases = newLeases();
  await leases.current(5);
  const { rename } = await import("node:fs/promises");
  await rename(join(folder, "00", "0005-1.json"), join(folder, "00", "0005-1.json.aa.discarded"));
  assert.equal((await store.shelves?.look(0))?.has(5), false);
  nowMs += LEASE_MS * 0.6;
  assert.equal(await leases.of(5, 1), undefined);
});

test("a lease that has run out is read anew, not kept up", async () => {
  const leases = newLeases();
  await leases.current(7);
  const reads = calls.read;
  nowMs += LEASE_MS * 2;
  assert.ok(leases.isLive(await leases.current(7)));
  assert.equal(calls.read, reads + 1);
});

test("all buckets are made once, and found by looks afterwards", async () => {
  await Promise.all([store.add(0, freshBucketKey(domains, 0, 1)), store.add(4095, freshBucketKey(domains, 4095, 1))]);
  assert.equal(await prepareBuckets(store, domains), BUCKET_COUNT - 2);
  const reads = calls.read;
  assert.equal(await prepareBuckets(store, domains), 0);
  assert.equal(calls.read, reads);
});
