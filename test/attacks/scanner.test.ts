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
