// For tests: the golden vectors, and a log written out as files from the definitions alone.
import { createPrivateKey, createPublicKey, hash, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface LedgerVectors {
  origin: string;
  logKey: string;
  promiseKey: string;
  entries: { index: number; time: number; r: string; detail: string; leaf: string }[];
  checkpoints: { size: number; note: string }[];
  receipts: { index: number; size: number; text: string }[];
  promises: { index: number; time: number; leaf: string; position: number; path: string[]; note: string }[];
}

export function readVectors<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8")) as Shape;
}

const sha256 = (...parts: Uint8Array[]): Buffer => hash("sha256", Buffer.concat(parts), "buffer");

/** RFC 6962 2.1, word for word. */
function treeHash(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), entries[0]!);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key of a name, from a one-byte seed. */
export function testSigner(name: string, seed: number) {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, Buffer.alloc(32, seed)]),
    format: "der",
    type: "pkcs8",
  });
  const raw = Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");
  const typed = Buffer.concat([Buffer.of(1), raw]);
  const keyId = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  return {
    verifierKey: `${name}+${keyId.toString("hex")}+${typed.toString("base64")}`,
    note: (text: string) =>
      `${text}\n\u2014 ${name} ${Buffer.concat([keyId, sign(null, Buffer.from(text), key)]).toString("base64")}\n`,
  };
}

export function testLeaves(count: number, salt = ""): Buffer[] {
  return Array.from({ length: count }, (_, at) =>
    Buffer.concat([Buffer.of(1, 0, 0, 0, 0, 0x65, 0, 0, 0), sha256(Buffer.from(`${salt}${at}`))]),
  );
}

export function checkpointOf(
  signer: ReturnType<typeof testSigner>,
  origin: string,
  leaves: readonly Uint8Array[],
): string {
  return signer.note(`${origin}\n${leaves.length}\n${treeHash(leaves).toString("base64")}\n`);
}

function threeDigitGroups(number: number): string {
  const groups = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return groups.join("/");
}

/** The files of C2SP tlog-tiles for these entries: path to content. */
export function logFiles(leaves: readonly Uint8Array[], checkpoint: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([["checkpoint", Buffer.from(checkpoint)]]);
  for (let level = 0, count = leaves.length; count > 0; level += 1, count = Math.floor(count / 256)) {
    const span = 256 ** level;
    for (let number = 0; number * 256 < count; number += 1) {
      const width = Math.min(256, count - number * 256);
      const suffix = `${threeDigitGroups(number)}${width === 256 ? "" : `.p/${width}`}`;
      const starts = Array.from({ length: width }, (_, at) => (number * 256 + at) * span);
      files.set(
        `tile/${level}/${suffix}`,
        Buffer.concat(starts.map((start) => treeHash(leaves.slice(start, start + span)))),
      );
      if (level > 0) continue;
      const bundle = starts.flatMap((start) => [Buffer.of(0, leaves[start]!.length), leaves[start]!]);
      files.set(`tile/entries/${suffix}`, Buffer.concat(bundle));
    }
  }
  return files;
}

export async function writeLog(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
