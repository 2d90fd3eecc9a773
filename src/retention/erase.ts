// Asks the vault to erase what nothing forbids; what something forbids is refused, and the refusal is an entry.
import { type Authenticated, viaOf } from "../access/access.ts";
import type { LiveRows } from "../authority/authority.ts";
import { newId } from "../kernel/ids.ts";
import { VaultError, type WriteActor } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { RetentionError } from "./errors.ts";
import { type ErasurePlace, judgeErasure } from "./forbids.ts";
import type { Obstacle } from "./obstacle.ts";
import type { Uuid } from "../kernel/bytes.ts";

export interface ErasureAsked extends ErasurePlace {
  /** The request of the customer that it fulfils. */
  readonly requestId?: Uuid | undefined;
  /** The customer's revision at which whoever asks has judged it already: at any other it is "stale", to be judged there again. */
  readonly restsOn?: number;
}

const ATTEMPTS = 3;
const NAMED_MAX = 100;

/**
 * Throws RetentionError `erasure-forbidden` (recorded), `unknown-customer`, `unknown-unit`, and VaultError "erased", "stale" when what it rests on keeps
 * changing.
 */
export async function erase(
  context: RetentionContext,
  { requestId, restsOn, ...place }: ErasureAsked,
  asker: Authenticated | null,
  actor: WriteActor,
): Promise<Uuid> {
  const note = requestId === undefined ? (actor.note ?? "") : `${actor.note ?? ""} [request ${requestId}]`.trim();
  for (let attempt = 1; ; attempt += 1) {
    const { obstacles, revision } = await judgeErasure(context, place);
    if (restsOn !== undefined && restsOn !== revision)
      throw new VaultError("stale", "what the erasure was judged by has just changed");
    if (obstacles.length > 0) return refuse(context, place, obstacles, { asker, actor });
    try {
      const also = place.unitId === null ? endingSignIns(context, place.customerId, actor.also) : actor.also;
      const writes = { ...actor, note, ...(also === undefined ? {} : { also }) };
      const { erasureId } = await context.vault.erase({ ...place, restsOn: revision }, writes);
      return erasureId;
    } catch (error) {
      // Judged again where something changed in between: a hold just placed is named, not only refused.
      const again = error instanceof VaultError && (error.code === "stale" || error.code === "held");
      if (!again || restsOn !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}

type Also = WriteActor["also"];

/**
 * INVARIANT: whoever is erased altogether has nothing left to ask with, from that commit on: their principal is revoked, and what signs them in ended.
 * Codes on their way lead to nobody (`enrolCustomer`).
 */
function endingSignIns({ access, authority }: RetentionContext, customerId: Uuid, also: Also): NonNullable<Also> {
  return async (tx, ids) => {
    const written = (await also?.(tx, ids)) ?? [];
    const [act] = ids;
    const ended = act === undefined ? null : await access.endCustomer(tx, { customerId, act });
    if (act === undefined || ended === null) return written;
    const { principalId: ownerId } = ended;
    const make = ({ places }: LiveRows) => places.map(({ rowId }) => ({ end: rowId }));
    return [...written, ended.written, ...(await authority.change(tx, { ownerId, act, reads: [], make }))];
  };
}

async function refuse(
  { ledger }: RetentionContext,
  { customerId, unitId }: ErasurePlace,
  obstacles: readonly Obstacle[],
  { asker, actor }: { readonly asker: Authenticated | null; readonly actor: WriteActor },
): Promise<never> {
  await ledger.append({
    entryId: newId(),
    kind: "erasure",
    outcome: "denied",
    actorId: actor.actorId,
    customerId,
    recipientId: null,
    purpose: actor.purpose,
    basis: actor.basis,
    classes: [],
    // Whoever reads it back must not learn from it that they are investigated.
    withheld: obstacles.some(({ kind }) => kind === "open-investigation" || kind === "legal-hold"),
    detail: {
      ...(asker === null ? {} : { ...viaOf(asker), role: asker.role }),
      action: "erasure.request",
      refused: "erasure-forbidden",
      unit: unitId,
      obstacles: obstacles.slice(0, NAMED_MAX).map((one) => ({ ...one })),
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
  throw new RetentionError("erasure-forbidden", { obstacles });
}
