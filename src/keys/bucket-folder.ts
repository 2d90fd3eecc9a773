// The first bucket store: a folder on this machine, one small file a key. Forgets for good: what is destroyed is overwritten and unlinked.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { utf8 } from "../kernel/bytes.ts";
import { BUCKET_COUNT } from "./bucket-keys.ts";
import type { BucketKey, BucketStore } from "./bucket-store.ts";
import { KeysError } from "./errors.ts";
import {
  createPrivateFile,
  destroyPrivateFile,
  ensurePrivateFolder,
  isDiscarded,
  readPrivateFile,
  shredLeftovers,
} from "./private-files.ts";

/** The current key, and what crashed rewraps left; each next rewrap removes those. */
const KEYS_MAX = 16;
/** Few enough files in a folder that listing it costs little. */
const BUCKETS_PER_FOLDER = 64;
const LISTINGS_MAX = 8;

const keyFile = z.strictObject({
  format: z.literal("uberrima-bucket-v2"),
  bucket: z.int(),
  version: z.int().min(1),
  key: z.base64().max(1024),
});

/**
 * Opens the folder, making it when missing. INVARIANT: a file holds one key and is never written again, so that there is nothing to read, change and
 * write back: a process that was frozen over that would bring destroyed keys back and lose living ones. Throws KeysError "keyring-permissions"
 * when others may enter it.
 */
export async function openBucketFolder(folder: string): Promise<BucketStore> {
  await ensurePrivateFolder(folder);
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += BUCKETS_PER_FOLDER) {
    await ensurePrivateFolder(folderOf(folder, bucket));
    await shredLeftovers(folderOf(folder, bucket));
  }
  return {
    read: (bucket) => readKeys(folderOf(folder, bucket), bucket),
    shelves: { size: BUCKETS_PER_FOLDER, look: (shelf) => look(folderOf(folder, shelf * BUCKETS_PER_FOLDER)) },
    add: (bucket, key) => addKey(folderOf(folder, bucket), bucket, key),
    destroy: (bucket, version) => destroyPrivateFile(folderOf(folder, bucket), fileName(bucket, version)),
  };
}

function folderOf(folder: string, bucket: number): string {
  return join(folder, String(Math.floor(bucket / BUCKETS_PER_FOLDER)).padStart(2, "0"));
}

function prefixOf(bucket: number): string {
  return `${String(bucket).padStart(4, "0")}-`;
}

function fileName(bucket: number, version: number): string {
  return `${prefixOf(bucket)}${version}.json`;
}

const KEY_NAME = /^(\d{4})-(\d{1,9})\.json$/;

/** A file holds one key and is never written again, so its name says that the key is still there. */
async function look(folder: string): Promise<Map<number, number[]>> {
  const versions = new Map<number, number[]>();
  const names = await readdir(folder);
  for (const name of names) {
    const [, bucket, version] = KEY_NAME.exec(name) ?? [];
    if (bucket !== undefined) versions.set(Number(bucket), [...(versions.get(Number(bucket)) ?? []), Number(version)]);
  }
  // INVARIANT: what is being destroyed is finished by `readKeys` before it is left out.
  for (const name of names) if (isDiscarded(name)) versions.delete(Number(name.slice(0, 4)));
  for (const found of versions.values()) found.sort((left, right) => left - right);
  return versions;
}

/** By version, the oldest first. */
async function readKeys(folder: string, bucket: number): Promise<BucketKey[]> {
  for (let listing = 1; listing <= LISTINGS_MAX; listing += 1) {
    const names = (await readdir(folder)).filter((name) => name.startsWith(prefixOf(bucket)));
    // INVARIANT: a key that is not told of any more is nowhere any more, also when whoever was destroying it died over that.
    const dying = names.filter(isDiscarded).map((name) => name.slice(0, name.indexOf(".json") + ".json".length));
    for (const name of new Set(dying)) await destroyPrivateFile(folder, name);
    const files = names.filter((name) => name.endsWith(".json"));
    const keys = await Promise.all(files.map((name) => readKey(join(folder, name), bucket)));
    const found = keys.filter((key) => key !== null);
    // What was destroyed since the listing has a successor that the listing may not have shown.
    if (found.length === keys.length) return found.toSorted((left, right) => left.version - right.version);
  }
  throw new KeysError("bucket-store-damaged");
}

async function readKey(path: string, bucket: number): Promise<BucketKey | null> {
  const content = await readPrivateFile(path);
  if (content === null) return null;
  const file = parse(content);
  if (file?.bucket === bucket && path.endsWith(fileName(bucket, file.version))) {
    return { version: file.version, key: Buffer.from(file.key, "base64") };
  }
  throw new KeysError("bucket-store-damaged");
}

async function addKey(folder: string, bucket: number, { version, key }: BucketKey): Promise<void> {
  if ((await readKeys(folder, bucket)).length >= KEYS_MAX) throw new KeysError("limit");
  const file = { format: "uberrima-bucket-v2", bucket, version, key: Buffer.from(key).toString("base64") };
  const content = utf8(`${JSON.stringify(file)}\n`);
  if (!(await createPrivateFile(join(folder, fileName(bucket, version)), content)))
    throw new KeysError("bucket-key-exists");
}

function parse(content: Buffer): z.infer<typeof keyFile> | null {
  try {
    return keyFile.parse(JSON.parse(content.toString("utf8")));
  } catch {
    // The parser's message may quote the file.
    return null;
  }
}
