// The committed detail of an entry: its canonical form, its commitment in the leaf, and its sealed keeping.
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import type { Sealed } from "../kernel/bytes.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { randomFromPool } from "../kernel/ids.ts";
import { DETAIL_BYTES_MAX } from "./entry-draft.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { LedgerError } from "./errors.ts";
import { BLIND_BYTES, commit, encodeLeaf } from "./leaf.ts";
import { hashLeaf } from "./merkle.ts";

/** The little of the key hierarchy that the ledger depends on. */
export interface LedgerKeys {
  sealUnder(domain: "ledger-detail", plaintext: Uint8Array, aad: Uint8Array): Sealed;
  /** Throws when the bytes do not open. */
  openUnder(domain: "ledger-detail", sealed: Uint8Array, aad: Uint8Array): Buffer;
  /** Under the version to write under, under an older one that still opens, or under one destroyed or not known here. */
  standing(domain: "ledger-detail", sealed: Uint8Array): "newest" | "older" | "unknown";
  /** Of every key that is not destroyed, the newest first. */
  signingSeeds(domain: SigningDomain): readonly SigningSeed[];
}

export type SigningDomain = "ledger-signing" | "promise-signing";

export interface SigningSeed {
  readonly version: number;
  /** Made known, and not signed with yet. */
  readonly pending: boolean;
  /** 32 bytes of an Ed25519 key. */
  readonly seed: Uint8Array;
}

export type Detail = { readonly [key: string]: Json };

export interface SealedEntry {
  readonly draft: EntryDraft;
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  readonly leaf: Buffer;
  readonly sealed: Sealed;
}

export interface OpenedDetail {
  /** The 32-byte blinding value of the commitment. */
  readonly blind: Buffer;
  readonly bytes: Buffer;
}

const DETAIL_VERSION = 1;
const AAD_LABEL = "uberrima/ledger-detail/v1";
// The largest envelope of keys adds far less than this to r || detail.
const SEALED_BYTES_MAX = DETAIL_BYTES_MAX + 1024;

/** Commits to a draft and seals its detail. Throws LedgerError "detail-too-large" above 1 MiB. */
export function sealEntry(keys: LedgerKeys, draft: EntryDraft, at: number): SealedEntry {
  const bytes = utf8(canonicalJson(committedDetail(draft, at)));
  if (bytes.length > DETAIL_BYTES_MAX) {
    throw new LedgerError("detail-too-large", `an entry's detail has at most ${DETAIL_BYTES_MAX} bytes`);
  }
  const blind = randomFromPool(BLIND_BYTES);
  const leaf = encodeLeaf(at, commit(blind, bytes));
  return { draft, at, leaf, sealed: sealDetail(keys, leaf, { blind, bytes }) };
}

/** Under the newest version. */
export function sealDetail(keys: LedgerKeys, leaf: Uint8Array, { blind, bytes }: OpenedDetail): Sealed {
  return keys.sealUnder("ledger-detail", Buffer.concat([blind, bytes]), detailAad(leaf));
}

/** What the leaf commits to. Revisions of guards are not part of it; the gate writes those it wants kept into `detail`. */
function committedDetail(draft: EntryDraft, at: number): Detail {
  const subjects = draft.subjects?.map(({ customerId, outcome, classes }) => ({
    classes,
    customer: customerId,
    outcome,
  }));
  return inOrder({
    ...draft.detail,
    v: DETAIL_VERSION,
    entryId: draft.entryId,
    kind: draft.kind,
    at,
    outcome: draft.outcome,
    actor: draft.actorId,
    customer: draft.customerId,
    recipient: draft.recipientId,
    purpose: draft.purpose,
    basis: draft.basis,
    classes: draft.classes,
    withheld: draft.withheld,
    ...(subjects === undefined ? {} : { subjects }),
  });
}

/** Its members in order, so that writing it down canonically is quick. */
function inOrder(detail: Detail): Detail {
  const ordered: { [key: string]: Json } = {};
  for (const name of Object.keys(detail).sort()) ordered[name] = detail[name]!;
  return ordered;
}

/** Binds the seal to its leaf, so that a detail cannot be moved to another entry. */
function detailAad(leaf: Uint8Array): Buffer {
  return lengthPrefixed(AAD_LABEL, hashLeaf(leaf));
}

/** Throws LedgerError "corrupt" when the bytes do not open beside this leaf or are out of bounds. */
export function openDetail(keys: LedgerKeys, leaf: Uint8Array, sealed: Uint8Array): OpenedDetail {
  if (sealed.length > SEALED_BYTES_MAX) throw new LedgerError("corrupt", "a sealed detail is larger than any written");
  let plain: Buffer;
  try {
    plain = keys.openUnder("ledger-detail", sealed, detailAad(leaf));
  } catch (cause) {
    throw new LedgerError("corrupt", "a sealed detail does not open beside its leaf", { cause });
  }
  if (plain.length < BLIND_BYTES) throw new LedgerError("corrupt", "a sealed detail is too short");
  return { blind: plain.subarray(0, BLIND_BYTES), bytes: plain.subarray(BLIND_BYTES) };
}

/** Parses bytes whose commitment has been checked: only then is it certain that the ledger itself wrote them. */
export function parseDetail(bytes: Uint8Array): Detail {
  const value = parseJson(Buffer.from(bytes).toString("utf8"));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Detail;
  throw new LedgerError("corrupt", "a committed detail is not a JSON object");
}

/** Undefined when it is not JSON; the parser's error is dropped, because it quotes its input. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
