// Envelopes and key files on hostile input: what was changed does not open, and a damaged file is refused by code alone.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedJson,
  type JsonValue,
  nastyBytes,
  REFUSED,
  runs,
  tried,
  triedAsync,
} from "../../test/support/test-hostile.ts";
import { asSealed } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { open, seal } from "./aead.ts";
import { openBucketFolder } from "./bucket-folder.ts";
import { KeysError } from "./errors.ts";
import { openLocalKeyring } from "./local-keyring.ts";
import { freshPack, openPack, sealPack } from "./unit-pack.ts";

const refusing = { error: KeysError };
const key = { version: 3, key: Buffer.alloc(32, 5) };
const aad = Buffer.from("place");
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-fuzz-"));
});
after(() => rm(folder, { recursive: true }));

for (const algorithm of ["xchacha20-poly1305", "aes-256-gcm-siv", "aes-256-gcm"] as const) {
  test(`an envelope of ${algorithm} with anything changed does not open`, () => {
    const sealed = Buffer.from(seal({ ...key, algorithm }, Buffer.from("a value of some length"), aad));
    fc.assert(
      fc.property(fc.oneof(damagedBytes(fc.constant(sealed)), nastyBytes), (damaged) => {
        const opened = tried(() => open(key, damaged, aad), refusing);
        assert.equal(opened === REFUSED, !damaged.equals(sealed));
      }),
      runs(600),
    );
  });
}

test("the keys of a unit with anything changed do not open, and what is no pack of keys is refused alike", () => {
  const place = { customerId: newId(), unitId: newId() };
  const bucket = { bucket: 17, key };
  const row = sealPack(place, bucket, freshPack(["identity", "health"]));
  fc.assert(
    fc.property(fc.oneof(damagedBytes(fc.constant(row.pack)), nastyBytes), (damaged) => {
      const opened = tried(() => openPack({ ...row, pack: asSealed(damaged) }, bucket), refusing);
      assert.equal(opened === REFUSED, !damaged.equals(row.pack));
    }),
    runs(600),
  );
});

test("a damaged file of a bucket gives the keys it held or is refused", async () => {
  const place = join(folder, "buckets");
  const buckets = await openBucketFolder(place);
  for (const version of [1, 2]) await buckets.add(9, { version, key: Buffer.alloc(65, version) });
  const files = await Promise.all(
    (await readdir(place, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async (entry) => ({
        path: join(entry.parentPath, entry.name),
        bytes: await readFile(join(entry.parentPath, entry.name)),
      })),
  );
  const damaged = fc
    .constantFrom(...files)
    .chain((file) => fc.tuple(fc.constant(file), fc.oneof(damagedFile(file.bytes), nastyBytes)));
  await fc.assert(
    fc.asyncProperty(damaged, async ([{ path, bytes }, changed]) => {
      await writeFile(path, changed);
      const keys = await triedAsync(() => buckets.read(9), refusing);
      await writeFile(path, bytes);
      if (keys === REFUSED) return;
      assert.equal(new Set(keys.map(({ version }) => version)).size, keys.length, "a version twice");
      // What it holds is sealed in turn: a changed key is found out where it is opened.
      for (const each of keys) tried(() => open(key, each.key, aad), refusing);
    }),
    runs(150),
  );
  assert.equal((await buckets.read(9)).length, 2);
});

/** Damaged as bytes, and as the JSON that it is. */
function damagedFile(bytes: Buffer): fc.Arbitrary<Buffer> {
  const document = JSON.parse(bytes.toString("utf8")) as JsonValue;
  return fc.oneof(
    damagedBytes(fc.constant(bytes)),
    damagedJson(fc.constant(document)).map((value) => Buffer.from(JSON.stringify(value))),
  );
}

test("a damaged keyring opens with its own key or is refused by code alone", async () => {
  const place = join(folder, "keyring");
  const { provider } = await openLocalKeyring({ folder: place });
  const wrapped = await provider.wrap(Buffer.alloc(32, 8), aad);
  const path = join(place, "root.json");
  const document = { format: "uberrima-keyring-v1", mode: "owner-only", key: Buffer.alloc(32, 6).toString("base64") };
  const damaged = fc.oneof(damagedFile(Buffer.from(JSON.stringify(document))), nastyBytes);
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      await writeFile(path, bytes, { mode: 0o600 });
      const ring = await triedAsync(() => openLocalKeyring({ folder: place }), refusing);
      if (ring === REFUSED) return;
      const opened = await triedAsync(() => ring.provider.unwrap(wrapped, aad), refusing);
      assert.equal(opened, REFUSED);
    }),
    runs(100),
  );
});
