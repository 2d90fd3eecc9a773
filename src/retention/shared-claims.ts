// A claim of several people: each has a file of their own, and none of them goes while another's claim is open.
import type { CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { RetentionContext } from "./context.ts";
import type { JudgedCustomer, JudgedUnit } from "./judged.ts";

/** With "shared-claim" where somebody who is linked to a due claim has a claim open, or where nobody can tell who is linked to it. */
export async function withSharedClaims(
  context: RetentionContext,
  judged: readonly JudgedCustomer[],
  authorities: ReadonlyMap<Uuid, CustomerAuthority>,
): Promise<readonly JudgedCustomer[]> {
  const having = judged.filter(({ units }) => units.some(isDueClaim));
  const seals = new Map(
    having.flatMap(({ customerId, revision }) => {
      const linksDigest = authorities.get(customerId)?.state?.linksDigest;
      return linksDigest === undefined ? [] : [[customerId, { linksDigest, revision }] as const];
    }),
  );
  if (seals.size === 0) return judged;
  const links = await context.vault.liveLinks(seals);
  const shared = new Set<Uuid>();
  for (const { customerId, units } of having)
    for (const unit of units) {
      if (!isDueClaim(unit)) continue;
      const sides = links.get(customerId) ?? null;
      const others = sides?.filter(({ unitId }) => unitId === unit.header.unitId) ?? [];
      const isOpen =
        sides === null ||
        (await someOpen(
          context,
          others.map(({ otherCustomerId }) => otherCustomerId),
        ));
      if (isOpen) shared.add(unit.header.unitId);
    }
  if (shared.size === 0) return judged;
  const block = "shared-claim" as const;
  return judged.map((one) => ({
    ...one,
    units: one.units.map((unit) => (shared.has(unit.header.unitId) ? { ...unit, block } : unit)),
  }));
}

function isDueClaim({ header, verdict, block }: JudgedUnit): boolean {
  return header.kind === "claim" && verdict.is === "due" && block === null;
}

/** A row that the vault did not write may be an open claim. */
async function someOpen({ vault }: RetentionContext, customerIds: readonly Uuid[]): Promise<boolean> {
  for (const customerId of new Set(customerIds)) {
    const units = await vault.unitsOf(customerId);
    const isOpen = units.some(
      ({ header, isBelieved }) => !isBelieved || (header.kind === "claim" && header.status === "open"),
    );
    if (isOpen) return true;
  }
  return false;
}
