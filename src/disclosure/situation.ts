// What the gate knows of a customer when it decides: flags, what the asker holds, and the retention units' headers.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { AssignmentKind, DataClass, Flag, LineOfBusiness } from "../kernel/vocabulary.ts";
import type { AuthorityDispute } from "../keys/keys.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { SaidNo } from "./said-no.ts";
import { isRelatedTo, type Related, type Relationship } from "./relationships.ts";

/** An assignment in force that the asker holds, itself or through a group. */
export interface Held {
  readonly kind: AssignmentKind;
  /** Null covers the whole customer. */
  readonly unitId: Uuid | null;
}

export interface Situation {
  readonly customerId: Uuid;
  /** Rechecked when the entry is sequenced. */
  readonly revision: number;
  readonly erased: boolean;
  readonly flags: ReadonlySet<Flag>;
  /** What the customer says no to, and when they last said so, ISO 8601. */
  readonly saidNo: SaidNo;
  readonly held: readonly Held[];
  /** Of which fields the customer says that they are wrong; most have none. */
  readonly disputes: readonly AuthorityDispute[];
  /** What the asker, itself a customer, is to this one. */
  readonly related: readonly Related[];
  readonly units: ReadonlyMap<Uuid, UnitHeader>;
}

/** One way in which the asker stands to a unit; a decision is tried for each and the best counts. */
export interface Standing {
  readonly assignment: AssignmentKind | "none";
  readonly relationship: Relationship;
  /** The classes that the relationship is about; null covers all. */
  readonly classes: readonly DataClass[] | null;
  readonly caseOpen: boolean;
}

export interface UnitFacts {
  /** Null of no unit in particular. */
  readonly unitId: Uuid | null;
  readonly line: LineOfBusiness;
  readonly entityAllowed: boolean;
  readonly lineAllowed: boolean;
  readonly ownGroup: boolean;
  readonly standings: readonly Standing[];
}

type Asker = Pick<Authenticated, "kind" | "groups" | "entities" | "lines" | "rowScope">;

/** How the asker stands to one unit of the customer. */
export function unitFacts(asker: Asker, situation: Situation, unit: UnitHeader): UnitFacts {
  return {
    unitId: unit.unitId,
    line: unit.line,
    // A customer's own file is their own with every entity and in every line.
    entityAllowed: asker.kind === "customer" || asker.entities.includes(unit.entity),
    lineAllowed: asker.kind === "customer" || asker.lines.includes(unit.line),
    ownGroup: isOwn(asker, situation, unit),
    standings: standings(situation, unit),
  };
}

/**
 * True when the asker may know that this customer exists: it is, or is related to, that customer, it holds an assignment, the customer is in one of its books, or its rows are all
 * those of its entities and lines. Everyone else gets the denial that an unknown id gets.
 */
export function isWithinScope(asker: Asker, situation: Situation): boolean {
  if (situation.related.length > 0) return true;
  if (asker.rowScope === "none") return false;
  if (situation.held.length > 0) return true;
  const units = [...situation.units.values()];
  if (asker.rowScope === "groups") return units.some((unit) => unit.book !== null && asker.groups.includes(unit.book));
  if (asker.rowScope !== "everything-masked") return false;
  return units.some((unit) => asker.entities.includes(unit.entity) && asker.lines.includes(unit.line));
}

/** True when the asker has this unit in hand, so that a denial may name its records. */
export function isInHand(facts: UnitFacts): boolean {
  return (
    facts.ownGroup ||
    facts.standings.some(({ assignment, relationship }) => assignment !== "none" || relationship !== "none")
  );
}

// The relationship's own records (name, address, bank account) serve every policy and claim, so whoever holds one of those may need them.
function isOwn(asker: Asker, situation: Situation, unit: UnitHeader): boolean {
  const mine = (book: Uuid | null): boolean => book !== null && asker.groups.includes(book);
  if (unit.kind !== "relationship") return mine(unit.book);
  return [...situation.units.values()].some((other) => mine(other.book));
}

function standings(situation: Situation, unit: UnitHeader): Standing[] {
  const covering = situation.held.filter(
    (held) => held.unitId === null || held.unitId === unit.unitId || unit.kind === "relationship",
  );
  const held = covering.map((one): Standing => ({
    assignment: one.kind,
    relationship: "none",
    classes: null,
    caseOpen: isOpen(situation, one, unit),
  }));
  const caseOpen = unit.status === "open";
  const related = situation.related
    .filter((one) => isRelatedTo(one, unit))
    .map(({ relationship, classes }): Standing => ({ assignment: "none", relationship, classes, caseOpen }));
  const found = [...held, ...related];
  return found.length > 0 ? found : [{ assignment: "none", relationship: "none", classes: null, caseOpen }];
}

function isOpen(situation: Situation, held: Held, unit: UnitHeader): boolean {
  const inHand = held.unitId === null ? unit : situation.units.get(held.unitId);
  return inHand?.status === "open";
}
