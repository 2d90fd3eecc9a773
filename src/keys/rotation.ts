// Rotation of domain keys while everything runs, and retirement of versions that nothing stands under any more.
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import {
  type DomainName,
  activateDomainKey,
  destroyDomainKey,
  insertDomainKey,
  lockDomainKeys,
} from "./domain-key-store.ts";
import type { DomainKeys } from "./domain-keys.ts";
import { KeysError } from "./errors.ts";

/** What has to be done over, and by whom, before older versions can be retired. */
const REENCRYPTION = {
  wrapping: "rewrap-buckets",
  authority: "renew-row-macs",
  index: "recompute-tokens",
  "ledger-detail": "reseal-details",
  rejects: "reseal-rejects",
} as const satisfies Partial<Record<DomainName, string>>;

export type RotatableDomain = keyof typeof REENCRYPTION;

export interface Rotation {
  readonly domain: RotatableDomain;
  readonly version: number;
  /** Still open what stands under them, until retired. */
  readonly retiring: readonly number[];
  readonly reencryption: (typeof REENCRYPTION)[RotatableDomain];
}

export interface RotationContext {
  readonly database: Database;
  readonly domains: DomainKeys;
  readonly clock: Clock;
  readonly refreshSeconds: number;
  readonly retireAfterSeconds: number;
}

/**
 * Adds a version and makes it the one to write under. It is pending first, for as long as every process takes to learn of it, so that none
 * meets a version it does not know; resolves after that. Called again after a crash, it goes on with the version begun.
 * Throws KeysError "not-rotatable" for "tokens", whose digests cannot be made again, and for signing keys, which name a log.
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
  return { domain, version, retiring: retiring.map((key) => key.version), reencryption: REENCRYPTION[domain] };
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
  if (!isRotatable(version.domain)) throw new KeysError("not-rotatable");
  if (!(await context.database.transaction((tx) => isRetirable(context, tx, version)))) return;
  // Outside a transaction, since it may take long: nothing new comes to stand under a version that has been retiring for so long.
  if (await stillUsed()) throw new KeysError("still-used");
  await context.database.transaction(async (tx) => {
    if (await isRetirable(context, tx, version)) await destroyDomainKey(tx, version.domain, version.version);
  });
  await context.domains.refresh();
}

/** False when it is destroyed already, or never was. */
async function isRetirable(
  { clock, retireAfterSeconds }: RotationContext,
  tx: Transaction,
  version: { readonly domain: DomainName; readonly version: number },
): Promise<boolean> {
  const row = (await lockDomainKeys(tx, version.domain)).find((each) => each.version === version.version);
  if (row === undefined || row.state === "destroyed") return false;
  if (row.state !== "retiring" || row.retiringAt === null) throw new KeysError("still-used");
  const retiringMs = clock.now().getTime() - row.retiringAt.getTime();
  if (retiringMs < retireAfterSeconds * 1000) throw new KeysError("too-soon");
  return true;
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
  return Object.hasOwn(REENCRYPTION, domain);
}
