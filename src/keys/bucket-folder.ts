// The bucket store in a local folder: a file a bucket.
import { join } from "node:path";
import { z } from "zod";
import { utf8 } from "../kernel/bytes.ts";
import type { BucketKey, BucketStore } from "./bucket-store.ts";
import { KeysError } from "./errors.ts";
import {
  createPrivateFile,
  discardPrivateFile,
  ensurePrivateFolder,
  readPrivateFile,
  replacePrivateFile,
  shredLeftovers,
} from "./private-files.ts";

/** The current key, and what crashed rewraps left; each next rewrap removes those. */
const KEYS_MAX = 16;

const bucketFile = z.strictObject({
  format: z.literal("uberrima-bucket-v1"),
  bucket: z.int(),
  keys: z.array(z.strictObject({ version: z.int().min(1), key: z.base64().max(1024) })).max(KEYS_MAX),
});

/** Opens the folder, making it when missing. Throws KeysError "keyring-permissions" when others may enter it. */
export async function openBucketFolder(folder: string): Promise<BucketStore> {
  await ensurePrivateFolder(folder);
  await shredLeftovers(folder);
  const pathOf = (bucket: number): string => join(folder, `${String(bucket).padStart(4, "0")}.json`);
  return {
    read: (bucket) => readKeys(pathOf(bucket), bucket),
    add: (bucket, key) => addKey(pathOf(bucket), bucket, key),
    destroy: (bucket, version) => destroyKey(pathOf(bucket), bucket, version),
  };
}

async function readKeys(path: string, bucket: number): Promise<BucketKey[]> {
  const content = await readPrivateFile(path);
  if (content === null) return [];
  const { keys } = parse(content, bucket);
  return keys
    .map(({ version, key }) => ({ version, key: Buffer.from(key, "base64") }))
    .toSorted((left, right) => left.version - right.version);
}

async function addKey(path: string, bucket: number, key: BucketKey): Promise<void> {
  const present = await readKeys(path, bucket);
  if (present.length >= KEYS_MAX) throw new KeysError("limit");
  if (present.some(({ version }) => version === key.version)) throw new KeysError("bucket-key-exists");
  const content = print(bucket, [...present, key]);
  if (present.length > 0) await replacePrivateFile(path, content);
  else if (!(await createPrivateFile(path, content))) throw new KeysError("bucket-key-exists");
}

async function destroyKey(path: string, bucket: number, version: number): Promise<void> {
  const present = await readKeys(path, bucket);
  const kept = present.filter((key) => key.version !== version);
  if (kept.length === present.length) return;
  if (kept.length === 0) await discardPrivateFile(path);
  else await replacePrivateFile(path, print(bucket, kept));
}

function print(bucket: number, keys: readonly BucketKey[]): Buffer {
  const printed = keys.map(({ version, key }) => ({ version, key: key.toString("base64") }));
  return utf8(`${JSON.stringify({ format: "uberrima-bucket-v1", bucket, keys: printed })}\n`);
}

function parse(content: Buffer, bucket: number): z.infer<typeof bucketFile> {
  try {
    const file = bucketFile.parse(JSON.parse(content.toString("utf8")));
    if (file.bucket === bucket) return file;
  } catch {
    // The parser's message may quote the file.
  }
  throw new KeysError("bucket-store-damaged");
}
