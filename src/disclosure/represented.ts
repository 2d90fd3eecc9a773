// Authority on file to act for somebody, as the gate asks for it.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";

/** What one representative's authority on file reaches, in force now. */
export interface Represented {
  readonly kind: "guardian" | "power-of-attorney" | "executor";
  readonly unitIds: readonly Uuid[] | null;
  readonly classes: readonly DataClass[] | null;
}

/** By represented customer. INVARIANT: whoever ends one moves the representative's principal, as with grounds. */
export type GatherRepresented = (
  representativeId: Uuid,
  customerIds: readonly Uuid[],
) => Promise<ReadonlyMap<Uuid, readonly Represented[]>>;

export const nobodyRepresented: GatherRepresented = () => Promise.resolve(new Map());
