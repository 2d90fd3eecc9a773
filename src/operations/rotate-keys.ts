// Rotates a domain key while serving: a new version, then everything that can be done over is, and old versions go once nothing needs them.
import { viaOf, type Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { OperationsError } from "./errors.ts";
import { type RotatedDomain, type Settled, settleRotation, type SettlingParts } from "./settle-rotation.ts";

export interface RotationParts extends SettlingParts {
  readonly ledger: SettlingParts["ledger"] & Pick<Ledger, "append">;
  readonly clock: Clock;
}

export interface RotationReport extends Settled {
  readonly domain: RotatedDomain;
  readonly version: number;
}

/**
 * Throws OperationsError `not-permitted` and `stale-actor`, and KeysError. The entry is written first: a rotation that fails half-way is gone on
 * with by asking again. Versions that are still retiring at the end are destroyed by `finishRotations` when their time has come.
 */
export async function rotateKeys(
  parts: RotationParts,
  actor: Authenticated,
  domain: RotatedDomain,
): Promise<RotationReport> {
  if (!parts.access.may(actor, "key.rotate")) throw new OperationsError("not-permitted");
  await recordRotation(
    parts,
    { actorId: actor.principalId, actorRevision: actor.revision },
    { ...viaOf(actor), domain },
  );
  const { version } = await parts.keys.rotateDomain(domain);
  return { domain, version, ...(await settleRotation(parts, domain, { now: parts.clock.now })) };
}

export async function recordRotation(
  { ledger }: Pick<RotationParts, "ledger">,
  { actorId, actorRevision }: { readonly actorId: Uuid; readonly actorRevision: number | null },
  detail: { readonly [key: string]: Json },
): Promise<void> {
  const sequenced = await ledger.append({
    entryId: newId(),
    kind: "key-rotation",
    outcome: "done",
    actorId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail,
    guard: { actorRevision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new OperationsError("stale-actor");
}
