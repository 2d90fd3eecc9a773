// The scanner that looks for canaries, proven before it is believed: what is hidden by other means than its own is found, wherever it lies.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Scanner, scannerFor } from "./test-scanner.ts";

const SECRETS = ['Zqabcvortexidromé "jetée"', "212-34-7123", "+1 701-510-0017", "zqabc@vortexidrome.example"];
const HIDERS: readonly (readonly [how: string, hide: (secret: string) => string | Buffer])[] = [
  ["as it is", (secret) => `name=${secret};`],
  ["in capitals", (secret) => secret.toUpperCase()],
  ["as UTF-16", (secret) => Buffer.from(`x${secret}`, "utf16le")],
  ["as UTF-16 of the other order", (secret) => Buffer.from(secret, "utf16le").swap16()],
  ["in JSON", (secret) => JSON.stringify({ before: 1, secret })],
  ["in a URL", (secret) => new URL(`http://localhost/a?b=${encodeURIComponent(secret)}`).href],
  ["as a form", (secret) => new URLSearchParams({ a: "b", secret }).toString()],
  ["in hexadecimal, as bytea is printed", (secret) => `\\x${Buffer.from(`ab${secret}c`).toString("hex")}`],
  ["in upper-case hexadecimal", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
  ["backwards", (secret) => [...secret].toReversed().join("")],
  ...["", "a", "ab"].flatMap((before): (readonly [string, (secret: string) => string])[] => [
    [`in base64 after ${before.length}`, (secret) => Buffer.from(`${before}${secret}, and more`).toString("base64")],
    [`in base64url after ${before.length}`, (secret) => Buffer.from(`${before}${secret}`).toString("base64url")],
  ]),
  ...["md5", "sha1", "sha256", "sha512"].flatMap(
    (algorithm): (readonly [string, (secret: string) => Buffer | string])[] => {
      const hash = (secret: string) => createHash(algorithm).update(secret);
      return [
        [`by its ${algorithm}`, (secret) => hash(secret).digest()],
        [`by its ${algorithm} in hexadecimal`, (secret) => hash(secret).digest("hex")],
        [`by its ${algorithm} in base64`, (secret) => hash(secret).digest("base64")],
      ];
    },
  ),
];

const scanner: Scanner = scannerFor(SECRETS);

for (const [how, hide] of HIDERS) {
  test(`finds a value hidden ${how}, at any place`, () => {
    for (const [at, secret] of SECRETS.entries()) {
      for (const before of [0, 1, 2, 3, 4093, 4094, 4095, 8191]) {
        const hidden = Buffer.concat([Buffer.alloc(before), Buffer.from(hide(secret) as string), Buffer.alloc(8192)]);
        const found = scanner.scan(hidden, "memory");
        assert.ok(
          found.some((one) => one.startsWith(`secret ${at} `)),
          `secret ${at} after ${before} bytes`,
        );
      }
    }
  });
}

test("finds a number written without what separates its digits, either way round", () => {
  for (const digits of ["212347123", "17015100017"]) {
    assert.notDeepEqual(scanner.scan(Buffer.from(`id ${digits}.`), "memory"), []);
    assert.notDeepEqual(scanner.scan(Buffer.from([...digits].toReversed().join("")), "memory"), []);
    assert.notDeepEqual(scanner.scan(createHash("sha256").update(digits).digest(), "memory"), []);
  }
});

test("believes a short number that stands by itself or after a word, one alone and wherever it lies", () => {
  const one = scannerFor(["1921-05-17", "212-34-7123"]);
  for (const number of ["19210517", "71501291", "212347123", "321743212"]) {
    for (const around of ["dob=|;", "date|", '{"a":"|"}', "\0|\x12", "id-|-", "SSN|USD", "|", "9b.|:4c"])
      assert.notDeepEqual(one.scan(Buffer.from(around.replace("|", number)), "memory"), [], around);
    const printed = Buffer.concat([randomBytes(40), Buffer.from(number), randomBytes(40)]).toString("hex");
    assert.notDeepEqual(one.scan(Buffer.from(`\\x${printed}`), "memory"), []);
  }
});

test("keeps in doubt a short number amid other digits, and calls it a leak as soon as chance does not explain it", () => {
  const dates = Array.from({ length: 200 }, (_, nth) =>
    new Date(Date.UTC(1921, 0, 3 + nth)).toISOString().slice(0, 10),
  );
  const amid = (date: string): string => `\\x${randomBytes(40).toString("hex")}${date.replaceAll("-", "")}ab01`;
  for (const [count, isChance] of [
    [0, true],
    [1, true],
    [4, false],
    [200, false],
  ] as const) {
    const fresh = scannerFor(dates);
    const text = Buffer.from(dates.slice(0, count).map(amid).join("\n"));
    // Twice the same text is no more than once.
    for (const where of ["a table", "a log"]) assert.deepEqual(fresh.scan(text, where), []);
    const doubts = fresh.doubts();
    assert.deepEqual([doubts.numbers.length, doubts.isChance], [count, isChance]);
  }
});

test("takes as many chance hits as chance brings, and not the leak among them", () => {
  const dates = Array.from({ length: 400 }, (_, nth) =>
    new Date(Date.UTC(1921, 0, 3 + nth)).toISOString().slice(0, 10),
  );
  const scanned = scannerFor(dates);
  assert.deepEqual(scanned.scan(Buffer.from(randomBytes(2_000_000).toString("hex")), "prints"), []);
  const { numbers, decoys, isChance } = scanned.doubts();
  assert.ok(decoys > 3, "decoys are hit by chance");
  assert.ok(isChance, `${numbers.length} of ${decoys}`);
  const leak = dates.slice(0, 60).map((date) => `1${date.replaceAll("-", "")}7`);
  assert.deepEqual(scanned.scan(Buffer.from(leak.join(" ")), "a leak"), []);
  assert.equal(scanned.doubts().isChance, false);
});

test("finds nothing where there is nothing, however much that is", () => {
  assert.deepEqual(scanner.scan(randomBytes(8_000_000), "memory"), []);
  assert.deepEqual(scanner.scan(Buffer.alloc(8_000_000), "memory"), []);
});

test("looks into every file of a folder, and at its name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-scanner-"));
  await writeFile(join(folder, "a"), randomBytes(100_000));
  await writeFile(join(folder, `b ${SECRETS[1]}`), "nothing");
  await writeFile(join(folder, "c"), `something ${SECRETS[0]}`);
  const { files, found } = await scanner.scanFolder(folder);
  await rm(folder, { recursive: true });
  assert.equal(files, 3);
  assert.ok(found.some((one) => one.endsWith("in c")) && found.some((one) => one.endsWith("the name of a file")));
});
