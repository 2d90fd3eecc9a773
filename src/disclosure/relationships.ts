// What a customer who asks is to the customer asked about: themselves, or what live links say.
import { activeFlags, type Authenticated, type CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Flag, Role } from "../kernel/vocabulary.ts";
import type { LinkSide, UnitHeader } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import type { DecisionInput } from "./policy/policy.ts";
import type { Represented } from "./represented.ts";

export type Relationship = DecisionInput["relationship"];

export interface Related {
  readonly relationship: Exclude<Relationship, "none">;
  /** The only policy or claim it is about; null covers all. */
  readonly unitId: Uuid | null;
  /** The only classes it is about; null covers all. */
  readonly classes: readonly DataClass[] | null;
}

/** By customer; for askers who are customers, since nobody else is related to anyone. */
export async function relationshipsOf(
  context: Pick<GateContext, "vault" | "clock" | "represented">,
  asker: Pick<Authenticated, "customerId">,
  authorities: readonly CustomerAuthority[],
): Promise<Map<Uuid, readonly Related[]>> {
  const { customerId: self } = asker;
  const states = authorities.flatMap(({ customerId, state, revision }) =>
    state === null ? [] : [[customerId, { ...state, revision }] as const],
  );
  const links = await context.vault.liveLinks(new Map(states));
  const now = context.clock.now();
  const tied = states.map(([id, state]) => {
    const flags = activeFlags(state, now);
    const ours = (links.get(id) ?? []).filter(({ otherCustomerId }) => otherCustomerId === self);
    return { id, flags, ours };
  });
  const represents = ({ side, kind }: LinkSide): boolean => side === "to" && kind === "representative";
  const ids = tied.filter(({ ours }) => ours.some(represents)).map(({ id }) => id);
  const represented = self === null || ids.length === 0 ? new Map() : await context.represented(self, ids);
  return new Map(
    tied.map(({ id, flags, ours }) => {
      if (id === self) return [id, [{ relationship: "self", ...EVERYTHING }]];
      const own = ours.flatMap((link) => relatedBy(link));
      const acting = ours.filter(represents).flatMap((link) => actsFor(link, flags, represented.get(id) ?? []));
      return [id, [...own, ...acting]];
    }),
  );
}

const EVERYTHING = { unitId: null, classes: null } as const;

/** `link` is the side of the customer asked about: on side "to" the asker is its `kind`, on side "from" this customer is the asker's. */
function relatedBy({ side, kind, unitId }: LinkSide): Related[] {
  // The unit of a dependant's link is a policy of the asker's, so it limits nothing here.
  if (side === "from") return kind === "dependant" ? [{ relationship: "dependant", ...EVERYTHING }] : [];
  return kind === "beneficiary" ? [{ relationship: "beneficiary", unitId, classes: null }] : [];
}

/** Of the dead only an executor acts (45 CFR 164.502(g)(4)); a guardian stands as a parent does, of a minor only (164.502(g)(3)). */
export function mayAct(kind: Represented["kind"], flags: readonly Flag[]): boolean {
  return (kind === "executor") === flags.includes("deceased") && (kind !== "guardian" || flags.includes("minor"));
}

/** Who is linked as a representative, as far as authority on file goes. INVARIANT: a link without authority is nothing. */
function actsFor(link: LinkSide, flags: readonly Flag[], authorities: readonly Represented[]): Related[] {
  return authorities.flatMap(({ kind, unitIds, classes }) => {
    if (!mayAct(kind, flags)) return [];
    const relationship = kind === "guardian" ? "guardian" : "representative";
    return unitsOf(link.unitId, unitIds).map((unitId): Related => ({ relationship, unitId, classes }));
  });
}

/** What both the link and the authority cover. */
function unitsOf(linked: Uuid | null, granted: readonly Uuid[] | null): (Uuid | null)[] {
  if (granted === null) return [linked];
  return linked === null ? [...granted] : granted.filter((id) => id === linked);
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
