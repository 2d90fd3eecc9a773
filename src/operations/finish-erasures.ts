// Brings requested erasures to their end, and removes what they made unreadable. Any process may do it, any number of times.
import type { Actor } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { residueOf } from "./residue.ts";
import { recordErasureFinal, type Vault } from "../vault/vault.ts";

export interface ErasureParts {
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly vault: Pick<Vault, "sweepErased">;
  /** The server itself, which finishes what others asked for. */
  readonly system: Actor;
  /** Told of buckets whose erasures wait for an operator, and of erasure rows that the application did not write. */
  readonly onHeld: (held: { readonly bucket: number; readonly reason: string }) => void;
  readonly onForged: (erasureId: Uuid) => void;
  /** Roles that stand for other organisations. */
  readonly outsiders: ReadonlySet<string>;
}

/** One round; resolves when everything that was open is final or held, and swept. */
export async function finishErasures(parts: ErasureParts, signal: AbortSignal): Promise<void> {
  const { keys, ledger, vault, system } = parts;
  const actor = {
    actorId: system.principalId,
    actorRevision: null,
    purpose: "administration",
    basis: "role-duty",
  } as const;
  const report = await keys.finishErasures(
    { recordFinal: recordErasureFinal({ ledger, actor, residueOf: (erasure) => residueOf(parts, erasure) }) },
    { signal },
  );
  for (const { bucket, reason } of report.held) parts.onHeld({ bucket, reason });
  for (const erasureId of report.forged) parts.onForged(erasureId);
  await vault.sweepErased({ signal, final: report.final });
}
