// Rotates a domain key while serving: a new version, then everything that can be done over is, and old versions go once nothing needs them.
import type { Access, Authenticated, RenewalCursor } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import { type Keys, KeysError, type Rotation } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Vault } from "../vault/vault.ts";
import { OperationsError } from "./errors.ts";

export interface RotationParts {
  readonly keys: Keys;
  readonly ledger: Pick<Ledger, "append">;
  readonly access: Access;
  readonly vault: Vault;
}

export interface RotationReport {
  readonly domain: Rotation["domain"];
  readonly version: number;
  /** Rows written anew under the new version. */
  readonly rewritten: number;
  /** Versions destroyed. Those that are retiring still open what stands under them. */
  readonly retired: readonly number[];
  readonly retiring: readonly number[];
}

/**
 * Throws OperationsError `not-permitted` and `stale-actor`, and KeysError. The entry is written first: a rotation that fails half-way is gone on
 * with by asking again.
 */
export async function rotateKeys(
  parts: RotationParts,
  actor: Authenticated,
  domain: Rotation["domain"],
): Promise<RotationReport> {
  const { keys } = parts;
  if (!parts.access.may(actor, "key.rotate")) throw new OperationsError("not-permitted");
  await record(parts, actor, domain);
  const rotation = await keys.rotateDomain(domain);
  const done = await doOver(parts, rotation);
  const retired: number[] = [];
  for (const version of rotation.retiring) {
    if (done.isComplete && (await retire(keys, rotation, version))) retired.push(version);
  }
  const retiring = rotation.retiring.filter((version) => !retired.includes(version));
  return { domain, version: rotation.version, rewritten: done.rewritten, retired, retiring };
}

interface Done {
  readonly rewritten: number;
  /** False where something still stands under older versions, and always where the ledger keeps it for good. */
  readonly isComplete: boolean;
}

async function doOver(parts: RotationParts, { reencryption }: Rotation): Promise<Done> {
  switch (reencryption) {
    case "rewrap-buckets": {
      const { rewrapped, held } = await parts.keys.rewrapAllBuckets();
      return { rewritten: rewrapped.length, isComplete: held.length === 0 };
    }
    case "renew-row-macs":
      return renewMacs(parts);
    case "recompute-tokens":
      return recomputeTokens(parts.vault);
    case "reseal-details":
    case "reseal-rejects":
      // The ledger and the lists of rejects are only ever added to; older versions are kept for reading.
      return { rewritten: 0, isComplete: false };
  }
}

async function renewMacs({ access, keys, vault }: RotationParts): Promise<Done> {
  const renewed = await vault.renewMacs();
  let rewritten = (await keys.renewErasureMacs()) + renewed.renewed;
  let unverified = renewed.forged;
  let cursor: RenewalCursor | null = null;
  do {
    const renewal: Awaited<ReturnType<Access["renewBatch"]>> = await access.renewBatch(cursor);
    rewritten += renewal.renewed;
    unverified += renewal.unverified;
    cursor = renewal.next;
  } while (cursor !== null);
  return { rewritten, isComplete: unverified === 0 };
}

async function recomputeTokens(vault: Vault): Promise<Done> {
  let rewritten = 0;
  let after: Awaited<ReturnType<Vault["reindexBatch"]>>["next"] = null;
  do {
    const progress: Awaited<ReturnType<Vault["reindexBatch"]>> = await vault.reindexBatch(after);
    rewritten += progress.records;
    after = progress.next;
  } while (after !== null);
  return { rewritten, isComplete: true };
}

/** False when it is too soon, or something was written under it meanwhile: the next rotation tries again. */
async function retire(keys: Keys, { domain }: Rotation, version: number): Promise<boolean> {
  try {
    await keys.retireVersion(domain, version, async () => false);
    return true;
  } catch (error) {
    if (error instanceof KeysError && (error.code === "too-soon" || error.code === "still-used")) return false;
    throw error;
  }
}

async function record({ ledger }: RotationParts, actor: Authenticated, domain: Rotation["domain"]): Promise<void> {
  const sequenced = await ledger.append({
    entryId: newId(),
    kind: "key-rotation",
    outcome: "done",
    actorId: actor.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: { domain },
    guard: { actorRevision: actor.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new OperationsError("stale-actor");
}
