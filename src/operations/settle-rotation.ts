// The second half of a rotation: everything that stands under older versions is done over, and versions that nothing needs are destroyed.
import { type Access, isAuthorityVersionUsed, type RenewalCursor } from "../access/access.ts";
import { type Keys, KeysError, type RetiringVersion } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";

export type RotatedDomain = RetiringVersion["domain"];

/** What is sealed for good in tables that are only added to, sealed again beside it. */
interface Resealer<Cursor> {
  resealBatch(cursor: Cursor | null): Promise<{
    readonly next: Cursor | null;
    readonly resealed: number;
    readonly unreadable: number;
  }>;
}

interface Covered {
  renewCovers(): Promise<number>;
  isCoverUsed(version: number): Promise<boolean>;
}

interface Macced {
  renewMacs(): Promise<{ readonly renewed: number; readonly forged: number }>;
  isVersionUsed(version: number): Promise<boolean>;
}

export interface SettlingParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly ledger: Pick<Ledger, "resealBatch" | "handOver" | "isSignedByNewest">;
  readonly access: Access;
  readonly vault: Vault;
  /** The imports: this part may not know them, and need not. */
  readonly rejects: Resealer<unknown>;
  /** Whoever else keeps digests under covers. */
  readonly covered: readonly Covered[];
  /** Whoever else keeps rows under MACs of the authority key. */
  readonly macced: readonly Macced[];
}

export interface Settled {
  /** Rows written anew under the newest version. */
  readonly rewritten: number;
  /** Rows that do not open or do not verify: for their sake older versions are kept. */
  readonly unreadable: number;
  readonly retired: readonly number[];
  readonly retiring: readonly Pick<RetiringVersion, "version" | "retirableAt">[];
}

export interface Settling {
  readonly now: () => Date;
  /** Called before anything is destroyed. */
  /** Asked between batches. */
  readonly signal?: AbortSignal;
  readonly beforeRetiring?: (versions: readonly number[]) => Promise<void>;
}

/**
 * Safe to stop at any instant and to run again, here and elsewhere at once. INVARIANT: a version is destroyed only when it was due before this
 * pass began, so that the pass saw everything that could be written under it, and only when this pass found everything good under newer ones.
 */
export async function settleRotation(
  parts: SettlingParts,
  domain: RotatedDomain,
  settling: Settling,
): Promise<Settled> {
  const due = (await retiringOf(parts.keys, domain)).filter(({ retirableAt }) => retirableAt <= settling.now());
  const { rewritten, unreadable } = await doOver(parts, domain, settling.signal);
  const retired: number[] = [];
  if (unreadable === 0 && due.length > 0) {
    await settling.beforeRetiring?.(due.map(({ version }) => version));
    for (const { version } of due) if (await retire(parts, domain, version)) retired.push(version);
  }
  const retiring = (await retiringOf(parts.keys, domain)).map(({ version, retirableAt }) => ({ version, retirableAt }));
  return { rewritten, unreadable, retired, retiring };
}

async function retiringOf(keys: Keys, domain: RotatedDomain): Promise<RetiringVersion[]> {
  return (await keys.retiringVersions()).filter((each) => each.domain === domain);
}

type Done = Pick<Settled, "rewritten" | "unreadable">;

async function doOver(parts: SettlingParts, domain: RotatedDomain, signal?: AbortSignal): Promise<Done> {
  switch (domain) {
    case "wrapping": {
      const { rewrapped, held } = await parts.keys.rewrapAllBuckets({}, signal === undefined ? {} : { signal });
      signal?.throwIfAborted();
      return { rewritten: rewrapped.length, unreadable: held.length };
    }
    case "authority":
      return renewMacs(parts, signal);
    case "index":
      return recomputeTokens(parts.vault, signal);
    case "ledger-detail":
      return resealAll(parts.ledger, signal);
    case "rejects":
      return resealAll(parts.rejects, signal);
    case "tokens":
      return renewCovers(parts);
    case "ledger-signing":
    case "promise-signing":
      return { rewritten: await parts.ledger.handOver(domain), unreadable: 0 };
  }
}

async function renewMacs({ access, keys, vault, macced }: SettlingParts, signal?: AbortSignal): Promise<Done> {
  const renewed = await vault.renewMacs();
  let rewritten = (await keys.renewErasureMacs()) + renewed.renewed;
  let unreadable = renewed.forged;
  for (const each of macced) {
    const more = await each.renewMacs();
    rewritten += more.renewed;
    unreadable += more.forged;
  }
  let cursor: RenewalCursor | null = null;
  do {
    signal?.throwIfAborted();
    const renewal: Awaited<ReturnType<Access["renewBatch"]>> = await access.renewBatch(cursor);
    rewritten += renewal.renewed;
    unreadable += renewal.unverified;
    cursor = renewal.next;
  } while (cursor !== null);
  return { rewritten, unreadable };
}

async function recomputeTokens(vault: Vault, signal?: AbortSignal): Promise<Done> {
  let rewritten = 0;
  let unreadable = 0;
  let after: Awaited<ReturnType<Vault["reindexBatch"]>>["next"] = null;
  do {
    signal?.throwIfAborted();
    const progress: Awaited<ReturnType<Vault["reindexBatch"]>> = await vault.reindexBatch(after);
    rewritten += progress.records - progress.unreadable.length;
    unreadable += progress.unreadable.length;
    after = progress.next;
  } while (after !== null);
  return { rewritten, unreadable };
}

async function renewCovers({ vault, covered }: SettlingParts): Promise<Done> {
  let rewritten = await vault.renewCovers();
  for (const each of covered) rewritten += await each.renewCovers();
  return { rewritten, unreadable: 0 };
}

async function resealAll<Cursor>(of: Resealer<Cursor>, signal?: AbortSignal): Promise<Done> {
  let rewritten = 0;
  let unreadable = 0;
  let cursor: Cursor | null = null;
  do {
    signal?.throwIfAborted();
    const progress: Awaited<ReturnType<Resealer<Cursor>["resealBatch"]>> = await of.resealBatch(cursor);
    rewritten += progress.resealed;
    unreadable += progress.unreadable;
    cursor = progress.next;
  } while (cursor !== null);
  return { rewritten, unreadable };
}

/** False when rows stand under it after all: the next pass tries again. */
async function retire(parts: SettlingParts, domain: RotatedDomain, version: number): Promise<boolean> {
  try {
    await parts.keys.retireVersion(domain, version, () => isUsed(parts, domain, version));
    return true;
  } catch (error) {
    if (error instanceof KeysError && (error.code === "too-soon" || error.code === "still-used")) return false;
    throw error;
  }
}

/** What the pass just finished cannot know: rows it did not come to, or left alone. */
async function isUsed(
  { database, ledger, vault, covered, macced }: SettlingParts,
  domain: RotatedDomain,
  version: number,
): Promise<boolean> {
  switch (domain) {
    case "authority": {
      for (const each of macced) if (await each.isVersionUsed(version)) return true;
      return (await vault.isVersionUsed("authority", version)) || isAuthorityVersionUsed(database, version);
    }
    case "index":
      return vault.isVersionUsed("index", version);
    case "tokens": {
      for (const each of covered) if (await each.isCoverUsed(version)) return true;
      return vault.isVersionUsed("tokens", version);
    }
    case "ledger-signing":
      return !(await ledger.isSignedByNewest());
    // The keys themselves look after wrapped keys.
    case "wrapping":
    // Each detail and line was opened under a newer version by this very pass; what was written first stays where it is, powerless.
    case "ledger-detail":
    case "rejects":
    // Promises are in the hands of those they were given to, and verify by the public half, which stays known.
    case "promise-signing":
      return false;
  }
}
