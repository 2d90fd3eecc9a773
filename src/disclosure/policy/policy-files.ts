// Reads the policy folder as bytes, all of it or nothing, and says which bytes were read.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { lengthPrefixed } from "../../kernel/bytes.ts";
import { PolicyError } from "./errors.ts";

const FILES_MAX = 200;
const FILE_SIZE_BYTES_MAX = 1_000_000;
const KNOWN_FILE = /^[a-z0-9][a-z0-9-]*\.(cedar|cedarschema|yaml)$/;

export interface PolicyFile {
  readonly name: string;
  readonly text: string;
}

export interface PolicyFolder {
  readonly files: readonly PolicyFile[];
  /** SHA-256, hex, over the names and bytes of all files in the order of their names. */
  readonly digest: string;
}

/** Throws PolicyError on a file it does not know (a stray copy might be taken for a policy in force), a large one, or one that is not UTF-8. */
export function readPolicyFolder(folder: string): PolicyFolder {
  const names = namesIn(folder);
  const strays = names.filter((name) => !KNOWN_FILE.test(name));
  if (strays.length > 0) throw new PolicyError(strays.map((name) => `${name}:1: not a kind of file that belongs here`));
  if (names.length > FILES_MAX) throw new PolicyError([`${folder}: more than ${FILES_MAX} files`]);
  const hash = createHash("sha256").update(lengthPrefixed("uberrima/policy-set/v1"));
  const files = names.map((name) => {
    const bytes = bytesOf(folder, name);
    if (bytes.length > FILE_SIZE_BYTES_MAX)
      throw new PolicyError([`${name}:1: larger than ${FILE_SIZE_BYTES_MAX} bytes`]);
    hash.update(lengthPrefixed(name, bytes));
    return { name, text: decode(name, bytes) };
  });
  return { files, digest: hash.digest("hex") };
}

/** Files that came otherwise, held to the same rules: known kinds of name, sizes and number. */
export function policyFolderOf(given: readonly PolicyFile[]): PolicyFolder {
  const files = given.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const strays = files.filter(({ name }, at) => !KNOWN_FILE.test(name) || files[at - 1]?.name === name);
  if (strays.length > 0) throw new PolicyError(["not a kind of file that belongs here, or one named twice"]);
  if (files.length > FILES_MAX) throw new PolicyError([`more than ${FILES_MAX} files`]);
  const hash = createHash("sha256").update(lengthPrefixed("uberrima/policy-set/v1"));
  for (const { name, text } of files) {
    if (Buffer.byteLength(text) > FILE_SIZE_BYTES_MAX)
      throw new PolicyError([`${name}:1: larger than ${FILE_SIZE_BYTES_MAX} bytes`]);
    hash.update(lengthPrefixed(name, text));
  }
  return { files, digest: hash.digest("hex") };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name !== "README.md")
      .sort();
  } catch (cause) {
    throw new PolicyError([`${basename(folder)}: the folder cannot be read`], { cause });
  }
}

function bytesOf(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new PolicyError([`${name}:1: cannot be read`], { cause });
  }
}

/** The text of the file called `name`. Throws PolicyError when it is missing. */
export function fileNamed(folder: PolicyFolder, name: string): PolicyFile {
  const file = folder.files.find((candidate) => candidate.name === name);
  if (file === undefined) throw new PolicyError([`${name}:1: missing`]);
  return file;
}

/** Cedar counts in UTF-8 bytes, editors in lines. */
export function lineAtByte(text: string, offsetBytes: number): number {
  const before = Buffer.from(text, "utf8").subarray(0, offsetBytes);
  return before.reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);
}

function decode(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PolicyError([`${name}:1: not UTF-8`], { cause });
  }
}
