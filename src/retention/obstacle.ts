// One thing that forbids an erasure: which, by what law, until when.
import type { Uuid } from "../kernel/bytes.ts";

const OBSTACLE_KINDS = ["legal-hold", "open-claim", "open-investigation", "retention-duty"] as const;

export interface Obstacle {
  readonly kind: (typeof OBSTACLE_KINDS)[number];
  /** Null: the whole customer. */
  readonly unitId: Uuid | null;
  readonly holdId: Uuid | null;
  /** The duty's id in governance/retention/duties.yaml. */
  readonly duty: string | null;
  readonly citation: string;
  readonly confidence: "high" | "medium" | "low";
  readonly confirmed: "none" | "secondary" | "text";
  /** The last day (of the place whose law it is, YYYY-MM-DD) on which it forbids; null while that is not known: a hold until it is released, a claim until it is closed. */
  readonly until: string | null;
}

/** Which units there is nothing against: those may be erased by themselves. */
export function freeUnits(unitIds: readonly Uuid[], obstacles: readonly Obstacle[]): readonly Uuid[] {
  if (obstacles.some(({ unitId }) => unitId === null)) return [];
  return unitIds.filter((id) => !obstacles.some(({ unitId }) => unitId === id));
}
