// What a customer who asks is to the customer asked about: themselves, or what live links say.
import { activeFlags, type Authenticated, type CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { LinkSide, UnitHeader } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import type { DecisionInput } from "./policy/policy.ts";

export type Relationship = DecisionInput["relationship"];

export interface Related {
  readonly relationship: Exclude<Relationship, "none">;
  /** The only policy or claim it is about; null covers all. */
  readonly unitId: Uuid | null;
}

/** By customer; for askers who are customers, since nobody else is related to anyone. */
export async function relationshipsOf(
  context: Pick<GateContext, "vault" | "clock">,
  asker: Pick<Authenticated, "customerId">,
  authorities: readonly CustomerAuthority[],
): Promise<Map<Uuid, readonly Related[]>> {
  const { customerId: self } = asker;
  const states = authorities.flatMap(({ customerId, state, revision }) =>
    state === null ? [] : [[customerId, { ...state, revision }] as const],
  );
  const links = await context.vault.liveLinks(new Map(states));
  const now = context.clock.now();
  return new Map(
    states.map(([id, state]) => {
      if (id === self) return [id, [{ relationship: "self", unitId: null }]];
      const isMinor = activeFlags(state, now).includes("minor");
      const ours = (links.get(id) ?? []).filter(({ otherCustomerId }) => otherCustomerId === self);
      return [id, ours.flatMap((link) => relatedBy(link, isMinor))];
    }),
  );
}

/** `link` is the side of the customer asked about: on side "to" the asker is its `kind`, on side "from" this customer is the asker's. */
function relatedBy({ side, kind, unitId }: LinkSide, isMinor: boolean): Related[] {
  // The unit of a dependant's link is a policy of the asker's, so it limits nothing here.
  if (side === "from") return kind === "dependant" ? [{ relationship: "dependant", unitId: null }] : [];
  if (kind === "beneficiary") return [{ relationship: "beneficiary", unitId }];
  if (kind !== "representative") return [];
  // 45 CFR 164.502(g)(3): who represents a minor stands as parent or guardian does.
  return [
    { relationship: "representative", unitId },
    ...(isMinor ? [{ relationship: "guardian", unitId } as const] : []),
  ];
}

/** The relationship's own records say who the person is; whoever is related by one policy or claim is related to that person. */
export function isRelatedTo({ unitId }: Related, unit: Pick<UnitHeader, "unitId" | "kind">): boolean {
  return unitId === null || unitId === unit.unitId || unit.kind === "relationship";
}

const ROLE_AS: Readonly<Record<Related["relationship"], Role>> = {
  self: "policyholder",
  representative: "policyholder",
  dependant: "dependant-policyholder",
  guardian: "dependant-policyholder",
  beneficiary: "beneficiary",
};

/** The row of the least-privilege matrix that a relationship is decided by (domain notes, rows 22 to 24); null where there is none. */
export function roleAs(relationship: Relationship): Role | null {
  return relationship === "none" ? null : ROLE_AS[relationship];
}
