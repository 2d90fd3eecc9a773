// Ten codes for when every other second factor is lost: each good once, kept as keyed digests.
import { randomInt } from "node:crypto";
import { z } from "zod";
import { type LiveRows, putRow, type RowChange, type RowType } from "../authority/authority.ts";
import { equalConstantTime, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";

const content = z.strictObject({ digests: z.array(z.string()).max(10), madeAt: z.iso.datetime() });
export type RecoveryContent = z.infer<typeof content>;

export const RECOVERY: RowType<RecoveryContent> = { kind: "recovery-codes", content };

type Hashing = Pick<Keys, "keyedDigest">;

const CODES = 10;
/** Without those that look alike; 32 of them, so 60 bits a code. */
const LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
const CODE_LETTERS = 12;

/** Shown once. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () => spelt(randomLetters(CODE_LETTERS)));
}

/** `count` random letters, for what people read to each other. */
export function randomLetters(count: number): string {
  return Array.from({ length: count }, () => LETTERS.charAt(randomInt(LETTERS.length))).join("");
}

/** In groups of four. */
export function spelt(letters: string): string {
  return letters.replaceAll(/(.{4})(?=.)/g, "$1-");
}

/** What people type: groups, spaces and capitals do not matter. */
export function plainLetters(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, "");
}

/** The change that puts these in place of all before. RECOVERY must be among what was read. */
export function replacedCodes(
  keys: Hashing,
  live: LiveRows,
  { principalId, codes, now }: { readonly principalId: Uuid; readonly codes: readonly string[]; readonly now: Date },
): RowChange {
  const rowId = live.of(RECOVERY, now)[0]?.rowId ?? newId();
  const digests = codes.map((code) => digestOf(keys, principalId, code).toString("base64url"));
  return putRow(RECOVERY, { rowId, content: { digests, madeAt: now.toISOString() } });
}

/** The change that uses the code up; null when it is none of them. */
export function usedRecoveryCode(
  keys: Hashing,
  live: LiveRows,
  { principalId, code, now }: { readonly principalId: Uuid; readonly code: string; readonly now: Date },
): RowChange | null {
  const [row] = live.of(RECOVERY, now);
  if (row === undefined) return null;
  const given = digestOf(keys, principalId, code);
  const left = row.content.digests.filter((digest) => !equalConstantTime(Buffer.from(digest, "base64url"), given));
  if (left.length === row.content.digests.length) return null;
  return putRow(RECOVERY, { ...row, content: { ...row.content, digests: left } });
}

function digestOf(keys: Hashing, principalId: Uuid, code: string): Buffer {
  return Buffer.from(keys.keyedDigest("recovery-code", principalId, plainLetters(code)));
}
