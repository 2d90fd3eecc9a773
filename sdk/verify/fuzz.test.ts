// Whatever is handed to a verifier: it proves what the log signed, or it is refused with a code and without a word of what was given.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedJson,
  damagedText,
  type JsonValue,
  nastyBytes,
  nastyJson,
  nastyText,
  REFUSED,
  runs,
  tried,
  triedAsync,
} from "../../test/support/test-hostile.ts";
import { VerifyError } from "./errors.ts";
import { commitmentOf } from "./leaf.ts";
import { parseVerifierKey } from "./note.ts";
import {
  checkpointOf,
  type LedgerVectors,
  logFiles,
  readVectors,
  testLeaves,
  testSigner,
  writeLog,
} from "./test-log.ts";
import { verifyCheckpoint, verifyLog, verifyOpening, verifyPromise, verifyReceipt } from "./verify.ts";

const golden = readVectors<LedgerVectors>("ledger");
const refusing = { error: VerifyError };

test("a damaged receipt proves what the log signed or nothing", () => {
  const texts = fc.constantFrom(...golden.receipts.map(({ text }) => text));
  const signed = new Set(
    golden.receipts.map(({ index, size }) => `${index} of ${size}: ${golden.entries[index]?.leaf}`),
  );
  fc.assert(
    fc.property(fc.oneof(damagedText(texts), nastyText), (text) => {
      const read = tried(() => verifyReceipt(text, golden.logKey), refusing);
      if (read !== REFUSED) assert.ok(signed.has(`${read.index} of ${read.size}: ${read.leaf.toString("base64")}`));
    }),
    runs(600),
  );
});

test("a damaged promise proves what the log signed or nothing, as text and as a value", () => {
  const promises = fc.constantFrom(...golden.promises) as unknown as fc.Arbitrary<JsonValue>;
  const texts = promises.map((promise) => JSON.stringify(promise));
  const signed = new Set(golden.promises.map(({ index, time, leaf }) => `${index} at ${time}: ${leaf}`));
  fc.assert(
    fc.property(fc.oneof(damagedText(texts), damagedJson(promises), nastyJson), (promise) => {
      const read = tried(() => verifyPromise(promise, golden.promiseKey), refusing);
      if (read !== REFUSED) assert.ok(signed.has(`${read.index} at ${read.time}: ${read.leaf.toString("base64")}`));
    }),
    runs(600),
  );
});

test("a damaged checkpoint is one that the log signed or none, and a damaged key is the same key or none", () => {
  const notes = fc.constantFrom(...golden.checkpoints.map(({ note }) => note));
  const sizes = new Set(golden.checkpoints.map(({ size }) => size));
  fc.assert(
    fc.property(fc.oneof(damagedText(notes), nastyText), (note) => {
      const read = tried(() => verifyCheckpoint(note, golden.logKey), refusing);
      if (read !== REFUSED) assert.ok(sizes.has(read.size) && read.origin === golden.origin);
    }),
    runs(400),
  );
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constant(golden.logKey)), nastyText), (key) => {
      if (tried(() => parseVerifierKey(key), refusing) !== REFUSED) assert.equal(key, golden.logKey);
    }),
    runs(400),
  );
});

describe("an opening", () => {
  test("damaged anywhere says what the leaf says or nothing", () => {
    const openings = fc.constantFrom(...golden.entries);
    fc.assert(
      fc.property(
        openings,
        fc.nat({ max: 2 }),
        damagedText(openings.map(({ detail }) => detail)),
        nastyText,
        (entry, which, detail, r) => {
          const leaf = Buffer.from(entry.leaf, "base64");
          const given = [entry.detail, entry.r].map((text, at) => (at === which ? [detail, r][at] : text) ?? "");
          const read = tried(() => verifyOpening(leaf, given[1] ?? "", given[0] ?? ""), refusing);
          if (read !== REFUSED) assert.deepEqual(read.detail, JSON.parse(entry.detail));
        },
      ),
      runs(400),
    );
  });

  // The log itself is not believed either: it may have committed to anything at all.
  test("of a leaf that commits to garbage is refused like any other garbage", () => {
    const blind = Buffer.alloc(32, 7);
    const odd: fc.Arbitrary<JsonValue> = fc.oneof(
      damagedJson(fc.constant(JSON.parse(golden.entries[0]?.detail ?? "") as JsonValue)),
      fc.record({ at: fc.constant(1_767_225_600), entryId: nastyJson }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          odd.map((value) => JSON.stringify(value)),
          nastyText,
        ),
        (detail) => {
          const leaf = leafOf(blind, detail);
          const read = tried(() => verifyOpening(leaf, blind.toString("base64"), detail), refusing);
          if (read !== REFUSED) assert.equal(typeof read.entryId, "string");
        },
      ),
      runs(400),
    );
  });

  test("of a detail that can be read in two ways, or nests without bottom, is refused", () => {
    const blind = Buffer.alloc(32, 7);
    const at = 1_767_225_600;
    const bottomless = `{"at":${at},"deep":${"[".repeat(50_000)}${"]".repeat(50_000)},"entryId":"x"}`;
    for (const detail of [`{"at":${at},"at":${at},"entryId":"x"}`, `{"at":${at}, "entryId":"x"}`, bottomless]) {
      const leaf = leafOf(blind, detail);
      assert.throws(() => verifyOpening(leaf, blind.toString("base64"), detail), VerifyError);
      assert.equal(
        tried(() => verifyOpening(leaf, blind.toString("base64"), JSON.parse(detail) as JsonValue), refusing),
        REFUSED,
      );
    }
  });
});

function leafOf(blind: Buffer, detail: string): Buffer {
  const head = Buffer.from(golden.entries[0]?.leaf ?? "", "base64").subarray(0, 9);
  return Buffer.concat([head, commitmentOf(blind, Buffer.from(detail, "utf8"))]);
}

describe("a damaged log", () => {
  const signer = testSigner("log.test/fuzz", 5);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "uberrima-fuzz-"));
  });
  after(() => rm(folder, { recursive: true }));

  test("verifies as what was signed or is refused, whichever of its files was damaged", async () => {
    const leaves = testLeaves(300);
    const checkpoint = checkpointOf(signer, "log.test/fuzz", leaves);
    const files = [...logFiles(leaves, checkpoint)];
    const file = fc.constantFrom(...files);
    await writeLog(folder, new Map(files));
    await fc.assert(
      fc.asyncProperty(
        file.chain(([path, bytes]) =>
          fc.tuple(fc.constant(path), fc.oneof(damagedBytes(fc.constant(bytes)), nastyBytes)),
        ),
        async ([path, bytes]) => {
          await writeLog(folder, new Map([[path, bytes]]));
          const read = await triedAsync(() => verifyLog(folder, signer.verifierKey), refusing);
          await writeLog(folder, new Map(files.filter(([name]) => name === path)));
          if (read !== REFUSED) assert.deepEqual([read.size, read.origin], [300, "log.test/fuzz"]);
        },
      ),
      runs(40),
    );
  });
});
