// Which units of which customers fall due, and what stands in the way: what entries say under their seals, the sealed state's flags and holds. Opens no record.
import type { CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { PagedUnit, UnitHeader } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import type { Block, JudgedCustomer, JudgedUnit } from "./judged.ts";
import { momentsOf } from "./moments.ts";
import { withOpenRequests } from "./open-requests.ts";
import { judgeUnit, type Verdict } from "./schedule.ts";
import { withSharedClaims } from "./shared-claims.ts";
import type { Moments } from "./triggers.ts";

type Units = ReadonlyMap<Uuid, readonly PagedUnit[]>;

export async function judgeCustomers(context: RetentionContext, customers: Units): Promise<readonly JudgedCustomer[]> {
  const authorities = await context.access.authoritiesOf([...customers.keys()]);
  return judgeAt(context, customers, authorities);
}

/**
 * One customer, for whoever erases by it: the revision is read before anything else, so that it has moved on if anything of the rest is older. Null where
 * there is no such customer, or not any more.
 */
export async function judgeCustomer(context: RetentionContext, customerId: Uuid): Promise<JudgedCustomer | null> {
  const authorities = await context.access.authoritiesOf([customerId]);
  const units = await context.vault.unitsOf(customerId);
  const [judged] = await judgeAt(context, new Map([[customerId, units]]), authorities);
  return judged ?? null;
}

async function judgeAt(
  context: RetentionContext,
  customers: Units,
  authorities: ReadonlyMap<Uuid, CustomerAuthority>,
): Promise<readonly JudgedCustomer[]> {
  const moments = await momentsOf(context, [...customers.values()].flat());
  const judged = [...customers].flatMap(([customerId, units]) => {
    const authority = authorities.get(customerId);
    if (authority === undefined || authority.state?.status === "erased") return [];
    const standing = units.filter(({ header }) => header.status !== "erased");
    // One row that the vault did not write may be the claim or investigation that would have kept the others.
    const isBelieved = authority.state !== null && units.every((unit) => unit.isBelieved);
    const own = standing.map((unit): JudgedUnit => {
      const verdict: Verdict = isBelieved
        ? verdictOf(context, unit, moments(unit))
        : { is: "unjudged", why: "not-believed", by: null };
      const block = verdict.is === "due" ? blockOf(context, unit.header, standing, authority) : null;
      return { header: unit.header, verdict, block };
    });
    return [{ customerId, revision: authority.revision, units: own }];
  });
  return withOpenRequests(context, await withSharedClaims(context, judged, authorities));
}

function verdictOf(
  { rules, clock, jurisdictionOf }: RetentionContext,
  { header, records }: PagedUnit,
  moments: Moments,
): Verdict {
  const recordTypes = records.map(({ recordType }) => recordType);
  const jurisdiction = jurisdictionOf(header.entity);
  return judgeUnit(rules, { header, recordTypes, jurisdiction, ...moments }, clock.now());
}

/**
 * GDPR 18(2): what is restricted is stored. An open investigation may need everything of the customer, an open claim the contracts it rests on; the
 * relationship goes when nothing else is left that needs to know whose it is.
 */
function blockOf(
  { clock }: RetentionContext,
  { unitId, kind }: UnitHeader,
  units: readonly PagedUnit[],
  { state }: CustomerAuthority,
): Block | null {
  if (state?.holds?.some((hold) => hold.unitId === null || hold.unitId === unitId) === true) return "legal-hold";
  const now = clock.now().toISOString();
  const isRestricted = state?.flags.some(
    (flag) => flag.kind === "restricted" && flag.startsAt <= now && (flag.endsAt === null || flag.endsAt > now),
  );
  if (isRestricted === true) return "restriction";
  const isOpen = (of: UnitHeader["kind"]): boolean =>
    units.some(({ header }) => header.kind === of && header.status === "open");
  if (isOpen("investigation")) return "open-investigation";
  if (kind !== "claim" && kind !== "investigation" && isOpen("claim")) return "open-claim";
  return kind === "relationship" && units.length > 1 ? "others-remain" : null;
}
