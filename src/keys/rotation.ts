// Rotation of domain keys while everything runs, and retirement of versions that nothing stands under any more.
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import {
  type DomainName,
  activateDomainKey,
  dateRetiring,
  destroyDomainKey,
  insertDomainKey,
  isUndated,
  lockDomainKeys,
  readDomainKeys,
} from "./domain-key-store.ts";
import type { DomainKeys } from "./domain-keys.ts";
import { KeysError } from "./errors.ts";

/** "base" is not among them: what hangs on it lasts, see docs/decisions/0011. */
const ROTATABLE = [
  "authority",
  "index",
  "ledger-detail",
  "ledger-signing",
  "promise-signing",
  "rejects",
  "tokens",
  "wrapping",
] as const;

export type RotatableDomain = (typeof ROTATABLE)[number];

/** As long as `current` of the domain keys names it, and a refresh and a transaction more. */
const TWINS_REFRESHES = 8;

export interface Rotation {
  readonly domain: RotatableDomain;
  readonly version: number;
  /** Still open what stands under them, until retired. */
  readonly retiring: readonly number[];
}

export interface RotationContext {
  readonly database: Database;
  readonly domains: DomainKeys;
  readonly clock: Clock;
  readonly refreshSeconds: number;
  readonly retireAfterSeconds: number;
  readonly signingOverlapSeconds: number;
}

/**
 * Adds a version and makes it the one to write under. It is pending first, for as long as every process takes to learn of it, so that none
 * meets a version it does not know; resolves after that. Called again after a crash, it goes on with the version begun.
 * Throws KeysError "not-rotatable" for "base", whose digests cannot be made again.
 */
export async function rotateDomain(context: RotationContext, domain: DomainName): Promise<Rotation> {
  if (!isRotatable(domain)) throw new KeysError("not-rotatable");
  const version = await addPending(context, domain);
  await context.domains.refresh();
  await sleep(2 * context.refreshSeconds * 1000);
  await context.database.transaction(async (tx) => {
    await lockDomainKeys(tx, domain);
    await activateDomainKey(tx, domain, version, context.clock.now());
  });
  await context.domains.refresh();
  const retiring = context.domains.live(domain).filter((key) => key.version < version);
  return { domain, version, retiring: retiring.map((key) => key.version) };
}

/**
 * Destroys an older version. Throws KeysError "still-used" when it is the newest or `stillUsed` finds rows under it, "too-soon" until
 * transactions begun under it have ended for certain.
 */
export async function retireVersion(
  context: RotationContext,
  version: { readonly domain: DomainName; readonly version: number },
  stillUsed: () => Promise<boolean>,
): Promise<void> {
  const { domain } = version;
  if (!isRotatable(domain)) throw new KeysError("not-rotatable");
  const asked = { domain, version: version.version };
  if (!(await context.database.transaction((tx) => isRetirable(context, tx, asked)))) return;
  // Outside a transaction, since it may take long: nothing new comes to stand under a version that has been retiring for so long.
  if (await stillUsed()) throw new KeysError("still-used");
  await context.database.transaction(async (tx) => {
    if (await isRetirable(context, tx, asked)) await destroyDomainKey(tx, domain, asked.version);
  });
  await context.domains.refresh();
}

/** False when it is destroyed already, or never was. */
async function isRetirable(
  context: RotationContext,
  tx: Transaction,
  version: { readonly domain: RotatableDomain; readonly version: number },
): Promise<boolean> {
  const row = (await lockDomainKeys(tx, version.domain)).find((each) => each.version === version.version);
  if (row === undefined || row.state === "destroyed") return false;
  if (row.state !== "retiring" || row.retiringAt === null) throw new KeysError("still-used");
  const retiringMs = context.clock.now().getTime() - row.retiringAt.getTime();
  if (retiringMs < retireAfterMs(context, version.domain)) throw new KeysError("too-soon");
  return true;
}

export interface RetiringVersion {
  readonly domain: RotatableDomain;
  readonly version: number;
  /** From then on it may be destroyed, once nothing stands under it. */
  readonly retirableAt: Date;
}

/** Older versions that still open, of every domain. One without a time retires from when it is seen here. */
export async function retiringVersions(context: RotationContext): Promise<RetiringVersion[]> {
  const now = context.clock.now();
  const rows = await readDomainKeys(context.database);
  if (rows.some((row) => isUndated(row, now))) await dateRetiring(context.database, now);
  return rows.flatMap((row) => {
    const { domain, version, state } = row;
    const retiringAt = isUndated(row, now) ? now : row.retiringAt;
    if (state !== "retiring" || retiringAt === null || !isRotatable(domain)) return [];
    return [{ domain, version, retirableAt: new Date(retiringAt.getTime() + retireAfterMs(context, domain)) }];
  });
}

function retireAfterMs(context: RotationContext, domain: RotatableDomain): number {
  const { retireAfterSeconds, signingOverlapSeconds, refreshSeconds } = context;
  const disagreeSeconds = TWINS_REFRESHES * refreshSeconds;
  // Some processes write under the older version for a while after it began to retire.
  if (domain === "tokens") return 1000 * Math.max(retireAfterSeconds, disagreeSeconds);
  const isSigning = domain === "ledger-signing" || domain === "promise-signing";
  return 1000 * (isSigning ? Math.max(signingOverlapSeconds, disagreeSeconds) : retireAfterSeconds);
}

async function addPending({ database, domains, clock }: RotationContext, domain: RotatableDomain): Promise<number> {
  return database.transaction(async (tx) => {
    const rows = await lockDomainKeys(tx, domain);
    const begun = rows.find((row) => row.state === "pending");
    if (begun !== undefined) return begun.version;
    const version = 1 + Math.max(0, ...rows.map((row) => row.version));
    const wrapped = await domains.wrapFresh(domain, version);
    await insertDomainKey(tx, { domain, version, state: "pending", wrapped, createdAt: clock.now() });
    return version;
  });
}

function isRotatable(domain: DomainName): domain is RotatableDomain {
  return (ROTATABLE as readonly DomainName[]).includes(domain);
}
