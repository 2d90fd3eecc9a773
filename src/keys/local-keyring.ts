// The first key provider: a root key in a folder of its own, sealed under a passphrase (Argon2id), or in an owner-only file for demonstrations.
import { argon2, randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { lengthPrefixed, u32be, utf8 } from "../kernel/bytes.ts";
import { type AeadKey, KEY_SIZE_BYTES, open, seal } from "./aead.ts";
import type { BucketStore } from "./bucket-store.ts";
import { openBucketFolder } from "./bucket-folder.ts";
import { KeysError } from "./errors.ts";
import { createPrivateFile, ensurePrivateFolder, readPrivateFile, shredLeftovers } from "./private-files.ts";
import type { KeyProvider } from "./provider.ts";

export interface LocalKeyringOptions {
  /** Made when missing; 0700. Keep it off the database's disk and out of its backups. */
  readonly folder: string;
  /** Absent: the root key lies in an owner-only file, which is for demonstrations. */
  readonly passphrase?: string;
}

export interface LocalKeyring {
  readonly provider: KeyProvider;
  readonly buckets: BucketStore;
}

/** RFC 9106 section 4, the second recommended option: 64 MiB, three passes, four lanes, 128-bit salt. */
const ARGON2 = { memoryKib: 65_536, passes: 3, parallelism: 4 } as const;
const SALT_SIZE_BYTES = 16;
const PASSPHRASE_SIZE_BYTES_MIN = 12;
const PASSPHRASE_SIZE_BYTES_MAX = 1024;

const base64 = z.base64().max(1024);
const sealedRoot = z.strictObject({
  format: z.literal("uberrima-keyring-v1"),
  mode: z.literal("passphrase"),
  // INVARIANT: a changed file can neither weaken the derivation nor make it eat the machine.
  memoryKib: z.int().min(ARGON2.memoryKib).max(1_048_576),
  passes: z.int().min(ARGON2.passes).max(32),
  parallelism: z.int().min(1).max(16),
  salt: base64,
  sealed: base64,
});
const bareRoot = z.strictObject({
  format: z.literal("uberrima-keyring-v1"),
  mode: z.literal("owner-only"),
  key: base64,
});
const rootFile = z.discriminatedUnion("mode", [sealedRoot, bareRoot]);
type SealedRoot = z.infer<typeof sealedRoot>;
type RootFile = z.infer<typeof rootFile>;

/**
 * Opens the keyring, or makes it on first use; of processes that make it together, all end with the same key. Throws KeysError
 * "keyring-permissions", "keyring-mode", "keyring-locked" (wrong passphrase and damaged file alike) or "passphrase-too-short".
 */
export async function openLocalKeyring(options: LocalKeyringOptions): Promise<LocalKeyring> {
  const { folder, passphrase } = options;
  await ensurePrivateFolder(folder);
  await shredLeftovers(folder);
  const path = join(folder, "root.json");
  const content = (await readPrivateFile(path)) ?? (await createRoot(path, passphrase));
  const root = await openRoot(parseRoot(content), passphrase);
  const buckets = await openBucketFolder(join(folder, "buckets"));
  return { provider: rootProvider(root), buckets };
}

async function createRoot(path: string, passphrase: string | undefined): Promise<Buffer> {
  const key = randomBytes(KEY_SIZE_BYTES);
  const root = passphrase === undefined ? bareRootOf(key) : await sealRoot(key, passphrase);
  const content = utf8(`${JSON.stringify(root, null, 2)}\n`);
  if (await createPrivateFile(path, content)) return content;
  // Another process was first: its key is the key.
  const theirs = await readPrivateFile(path);
  if (theirs === null) throw new KeysError("keyring-locked");
  return theirs;
}

function bareRootOf(key: Buffer): RootFile {
  return { format: "uberrima-keyring-v1", mode: "owner-only", key: key.toString("base64") };
}

async function sealRoot(key: Buffer, passphrase: string): Promise<RootFile> {
  const sizeBytes = Buffer.byteLength(passphrase, "utf8");
  if (sizeBytes < PASSPHRASE_SIZE_BYTES_MIN) throw new KeysError("passphrase-too-short");
  if (sizeBytes > PASSPHRASE_SIZE_BYTES_MAX) throw new KeysError("limit");
  const salt = randomBytes(SALT_SIZE_BYTES).toString("base64");
  const root = { format: "uberrima-keyring-v1", mode: "passphrase", ...ARGON2, salt } as const;
  const wrapping = await passphraseKey(root, passphrase);
  const sealed = seal(wrapping, key, rootAad(root));
  wrapping.key.fill(0);
  return { ...root, sealed: Buffer.from(sealed).toString("base64") };
}

async function openRoot(root: RootFile, passphrase: string | undefined): Promise<Buffer> {
  if ((root.mode === "passphrase") !== (passphrase !== undefined)) throw new KeysError("keyring-mode");
  const key = root.mode === "owner-only" ? Buffer.from(root.key, "base64") : await unsealRoot(root, passphrase ?? "");
  if (key.length !== KEY_SIZE_BYTES) throw new KeysError("keyring-locked");
  return key;
}

async function unsealRoot(root: SealedRoot, passphrase: string): Promise<Buffer> {
  try {
    const wrapping = await passphraseKey(root, passphrase);
    const key = open(wrapping, Buffer.from(root.sealed, "base64"), rootAad(root));
    wrapping.key.fill(0);
    return key;
  } catch {
    throw new KeysError("keyring-locked");
  }
}

function parseRoot(content: Buffer): RootFile {
  try {
    return rootFile.parse(JSON.parse(content.toString("utf8")));
  } catch {
    // Neither the parser's message nor the file may show: it may hold the key.
    throw new KeysError("keyring-locked");
  }
}

type Derivation = Omit<SealedRoot, "sealed">;

function rootAad(root: Derivation): Buffer {
  const costs = [root.memoryKib, root.passes, root.parallelism].map(u32be);
  return lengthPrefixed("uberrima/keyring/v1", ...costs, Buffer.from(root.salt, "base64"));
}

const deriveAsync = promisify(argon2);

async function passphraseKey(root: Derivation, passphrase: string): Promise<AeadKey> {
  const message = utf8(passphrase);
  const key = await deriveAsync("argon2id", {
    message,
    nonce: Buffer.from(root.salt, "base64"),
    memory: root.memoryKib,
    passes: root.passes,
    parallelism: root.parallelism,
    tagLength: KEY_SIZE_BYTES,
  });
  message.fill(0);
  return { version: 1, key };
}

function rootProvider(root: Buffer): KeyProvider {
  const key: AeadKey = { version: 1, key: root };
  return {
    name: "local-keyring",
    wrap: async (plain, context) => seal(key, plain, wrapAad(context)),
    unwrap: async (wrapped, context) => open(key, wrapped, wrapAad(context)),
  };
}

function wrapAad(context: Uint8Array): Buffer {
  return lengthPrefixed("uberrima/root-wrap/v1", context);
}
