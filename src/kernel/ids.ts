// Random identifiers, made by the application so that no sequence ties customers to each other.
import { randomBytes, randomUUIDv7 } from "node:crypto";
import type { Uuid } from "./bytes.ts";

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[089ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A fresh UUID version 7 (RFC 9562): 74 random bits, ordered by time so that inserts stay local. */
export function newId(): Uuid {
  return randomUUIDv7() as Uuid;
}

/** The same, made at a time that a clock tells: of what is judged by when it was written down. */
export function newIdAt(at: Date): Uuid {
  const time = at.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}` as Uuid;
}

/** When an id of version 7 was made, to the millisecond; null of any other. */
export function timeOf(id: Uuid): Date | null {
  return id[14] === "7" ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : null;
}

/** Parses a UUID; null when the text is not one. Upper case is folded. */
export function parseId(text: string): Uuid | null {
  const folded = text.toLowerCase();
  return UUID_PATTERN.test(folded) ? (folded as Uuid) : null;
}

/** Brands an id that came back from storage. Throws TypeError when storage returned something else. */
export function asId(text: string): Uuid {
  const id = parseId(text);
  if (id === null) throw new TypeError("storage returned something that is not an id");
  return id;
}

/** The 16 bytes of an id. */
export function idBytes(id: Uuid): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

/** An id made of the first 16 bytes of a keyed hash (UUID version 8), for things named by a secret-keyed digest. */
export function idFromDigest(digest: Uint8Array): Uuid {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Uuid;
}

const POOL_SIZE_BYTES = 8192;
let pool = Buffer.alloc(0);
let poolAt = 0;

/** Random bytes from a pool, since one call to the system's generator for each nonce is what sealing would wait for. */
export function randomFromPool(sizeBytes: number): Buffer {
  if (poolAt + sizeBytes > pool.length) {
    pool = randomBytes(Math.max(POOL_SIZE_BYTES, sizeBytes));
    poolAt = 0;
  }
  const out = pool.subarray(poolAt, poolAt + sizeBytes);
  poolAt += sizeBytes;
  return out;
}
