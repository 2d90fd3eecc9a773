// The sealed state of a customer: flags, status and the digests of its assignments and links, of one size whatever it holds.
import { createHash } from "node:crypto";
import { z } from "zod";
import { type Sealed, type Uuid, lengthPrefixed, u64be } from "../kernel/bytes.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { parseId } from "../kernel/ids.ts";
import { FLAGS, type Flag } from "../kernel/vocabulary.ts";
import type { DomainName } from "./domain-key-store.ts";
import { KeysError } from "./errors.ts";

export interface AuthorityFlag {
  readonly id: Uuid;
  readonly kind: Flag;
  /** ISO 8601. */
  readonly startsAt: string;
  /** Null while no end is known. */
  readonly endsAt: string | null;
}

/** A legal hold on a customer, or on one retention unit of theirs: nothing under it is erased. Which matter it serves is told elsewhere. */
export interface AuthorityHold {
  readonly holdId: Uuid;
  /** Null: everything of the customer. */
  readonly unitId: Uuid | null;
}

/** Fields of a record of which the customer filed a statement of what is right; the words stand elsewhere. */
export interface AuthorityDispute {
  readonly statementId: Uuid;
  readonly recordId: Uuid;
  /** By the record's own field names. */
  readonly fields: readonly string[];
  /** ISO 8601. */
  readonly filedAt: string;
}

export interface AuthorityState {
  readonly kind: "person" | "organisation";
  readonly status: "active" | "erased";
  readonly flags: readonly AuthorityFlag[];
  /** Left out where there is none. INVARIANT: stated here and nowhere else, so that none is taken away without the seal (docs/decisions/0140). */
  readonly holds?: readonly AuthorityHold[] | undefined;
  /** Left out where there is none. Stated here, so that no disclosure of such a field is without the word of it, and none without one reads more (docs/decisions/0205). */
  readonly disputes?: readonly AuthorityDispute[] | undefined;
  /** Hex; over the customer's open assignments, so that none can be taken away or put back unseen. */
  readonly assignmentsDigest: string;
  /** Hex; the same over the customer's side of its live links. */
  readonly linksDigest: string;
}

/** Lower-case hex over rows in the order given; of no rows it is the digest of the label alone. */
export function authorityDigest(of: "assignments" | "links", rows: readonly Uint8Array[]): string {
  return createHash("sha256")
    .update(lengthPrefixed(`uberrima/${of}/v1`, ...rows))
    .digest("hex");
}

/** Where the state belongs: a copy in another customer's row, or of an earlier revision or act, does not open. */
export interface AuthorityPlace {
  readonly customerId: Uuid;
  readonly revision: number;
  readonly act: Uuid;
}

interface SealingKeys {
  sealUnder(domain: DomainName, plaintext: Uint8Array, aad: Uint8Array): Sealed;
  openUnder(domain: DomainName, sealed: Uint8Array, aad: Uint8Array): Buffer;
}

const BLOCK_SIZE_BYTES = 1152;
const BLOCKS_MAX = 64;
const LENGTH_SIZE_BYTES = 4;

/** Seals under the domain "authority": the seal is the row's MAC too. Throws KeysError "limit" above 64 KiB. */
export function sealAuthorityState(
  keys: Pick<SealingKeys, "sealUnder">,
  place: AuthorityPlace,
  state: AuthorityState,
): Sealed {
  return keys.sealUnder("authority", encode(state), aadOf(place));
}

/** Throws KeysError "does-not-open" when the state was not sealed for this place, and "unknown-version" as `openUnder` does. */
export function openAuthorityState(
  keys: Pick<SealingKeys, "openUnder">,
  place: AuthorityPlace,
  sealed: Uint8Array,
): AuthorityState {
  return decode(keys.openUnder("authority", sealed, aadOf(place)));
}

function aadOf(place: AuthorityPlace): Buffer {
  return lengthPrefixed("uberrima/customer-authority/v1", place.customerId, u64be(place.revision), place.act);
}

/** u32be length || canonical JSON || zeros up to a multiple of 1152 bytes, in which six flags fit. */
function encode(state: AuthorityState): Buffer {
  const { kind, status, flags, holds = [], disputes = [], assignmentsDigest, linksDigest } = state;
  const json = canonicalJson({
    kind,
    status,
    flags: flags.map(({ id, kind: flag, startsAt, endsAt }) => ({ id, kind: flag, startsAt, endsAt })),
    ...(holds.length === 0 ? {} : { holds: holds.map(({ holdId, unitId }) => ({ holdId, unitId })) }),
    ...(disputes.length === 0 ? {} : { disputes: disputes.map(disputeJson) }),
    assignmentsDigest,
    linksDigest,
  });
  const sizeBytes = LENGTH_SIZE_BYTES + Buffer.byteLength(json, "utf8");
  const blocks = Math.ceil(sizeBytes / BLOCK_SIZE_BYTES);
  if (blocks > BLOCKS_MAX) throw new KeysError("limit");
  const out = Buffer.alloc(blocks * BLOCK_SIZE_BYTES);
  out.writeUInt32BE(sizeBytes - LENGTH_SIZE_BYTES, 0);
  out.write(json, LENGTH_SIZE_BYTES, "utf8");
  return out;
}

function disputeJson({ statementId, recordId, fields, filedAt }: AuthorityDispute) {
  return { statementId, recordId, fields: [...fields], filedAt };
}

const uuid = z.string().transform((text, context): Uuid => {
  const id = parseId(text);
  if (id !== null) return id;
  context.addIssue("not an id");
  return z.NEVER;
});
const stored = z.strictObject({
  kind: z.enum(["person", "organisation"]),
  status: z.enum(["active", "erased"]),
  flags: z.array(
    z.strictObject({ id: uuid, kind: z.enum(FLAGS), startsAt: z.iso.datetime(), endsAt: z.iso.datetime().nullable() }),
  ),
  holds: z.array(z.strictObject({ holdId: uuid, unitId: uuid.nullable() })).optional(),
  disputes: z
    .array(
      z.strictObject({
        statementId: uuid,
        recordId: uuid,
        fields: z.array(z.string().max(60)),
        filedAt: z.iso.datetime(),
      }),
    )
    .optional(),
  assignmentsDigest: z.hex(),
  linksDigest: z.hex(),
});

function decode(plaintext: Buffer): AuthorityState {
  const sizeBytes = plaintext.length < LENGTH_SIZE_BYTES ? Infinity : plaintext.readUInt32BE(0);
  if (LENGTH_SIZE_BYTES + sizeBytes > plaintext.length) throw new KeysError("does-not-open");
  try {
    return stored.parse(JSON.parse(plaintext.toString("utf8", LENGTH_SIZE_BYTES, LENGTH_SIZE_BYTES + sizeBytes)));
  } catch {
    // The parser's message may quote the state.
    throw new KeysError("does-not-open");
  }
}
