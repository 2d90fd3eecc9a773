// Where a row and a head stand: what their seals are bound to.
import type { Token, Uuid } from "../kernel/bytes.ts";

/** Every column but the sealed one. */
export interface Place {
  readonly ownerId: Uuid;
  readonly rowId: Uuid;
  readonly kind: string;
  readonly lookup: Token | null;
  readonly state: "live" | "ended";
  readonly endsAt: Date | null;
  readonly revision: number;
  readonly act: Uuid;
}

export interface HeadPlace {
  readonly ownerId: Uuid;
  readonly revision: number;
  readonly act: Uuid;
}
