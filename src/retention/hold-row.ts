// A legal hold as it stands: which matter, who placed it and why, what it covers, and whether its release has been asked for.
import { z } from "zod";
import type { HeldPlace } from "../access/access.ts";
import type { Row, RowType } from "../authority/authority.ts";
import { asId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";

const HOLD_GROUNDS = [
  "litigation-pending",
  "litigation-expected",
  "court-order",
  "regulator-examination",
  "criminal-investigation",
  "tax-audit",
] as const;

const place = z.strictObject({ customerId: z.uuid(), unitId: z.uuid().nullable() });
const content = z.strictObject({
  /** The matter's number in the legal department's own books. */
  reference: z.string(),
  ground: z.enum(HOLD_GROUNDS),
  /** Why, in the words of whoever placed it; about the matter, not about a person. */
  reason: z.string(),
  placedBy: z.uuid(),
  placedAt: z.iso.datetime(),
  places: z.array(place),
  release: z
    .strictObject({
      by: z.uuid(),
      at: z.iso.datetime(),
      reason: z.string(),
      /** Null: all that it covers. */
      places: z.array(place).nullable(),
    })
    .nullable(),
  releasedAt: z.iso.datetime().nullable(),
});
export type HoldContent = z.infer<typeof content>;
type StoredPlace = HoldContent["places"][number];

/**
 * Describes a hold, and is none: that something is held stands in the sealed state of the customer (docs/decisions/0140), so that taking this row away
 * lets nothing be erased; it can only never be released then.
 */
export const HOLD: RowType<HoldContent> = { kind: "legal-hold", content };
export type HoldRow = Row<HoldContent>;

export type HoldState = "in-force" | "release-asked" | "released";

export interface HoldFace {
  readonly holdId: Uuid;
  readonly state: HoldState;
  readonly reference: string;
  readonly ground: HoldContent["ground"];
  readonly reason: string;
  readonly placedBy: Uuid;
  readonly placedAt: Date;
  readonly places: readonly HeldPlace[];
  readonly release: {
    readonly by: Uuid;
    readonly at: Date;
    readonly reason: string;
    readonly places: readonly HeldPlace[] | null;
  } | null;
  readonly releasedAt: Date | null;
}

export function stateOf({ release, releasedAt }: HoldContent): HoldState {
  if (releasedAt !== null) return "released";
  return release === null ? "in-force" : "release-asked";
}

export function faceOf({ rowId, content: held }: HoldRow): HoldFace {
  const { reference, ground, reason, release, releasedAt } = held;
  return {
    holdId: rowId,
    state: stateOf(held),
    reference,
    ground,
    reason,
    placedBy: asId(held.placedBy),
    placedAt: new Date(held.placedAt),
    places: held.places.map(heldPlace),
    release:
      release === null
        ? null
        : {
            by: asId(release.by),
            at: new Date(release.at),
            reason: release.reason,
            places: release.places?.map(heldPlace) ?? null,
          },
    releasedAt: releasedAt === null ? null : new Date(releasedAt),
  };
}

export function heldPlace({ customerId, unitId }: StoredPlace): HeldPlace {
  return { customerId: asId(customerId), unitId: unitId === null ? null : asId(unitId) };
}

export function isSamePlace(one: StoredPlace, other: StoredPlace): boolean {
  return one.customerId === other.customerId && one.unitId === other.unitId;
}
