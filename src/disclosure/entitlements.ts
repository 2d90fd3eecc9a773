// What a customer agreed to, or a legal process names, as the gate asks for it: in force, and no further than it says.
import { createHash } from "node:crypto";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import type { Basis, DataClass } from "../kernel/vocabulary.ts";
import type { StoredRecord, UnitHeader } from "../vault/vault.ts";
import type { DecisionInput } from "./policy/policy.ts";
import type { Terms } from "./question.ts";

/** Of one customer, for the purpose and recipient that were asked about. */
export interface Entitlement {
  readonly kind: "authorization" | "legal-process" | "privilege-review" | "release-judgement";
  /** Named in the entry of whatever rests on it. */
  readonly id: Uuid;
  /** When the customer agreed, ISO 8601; null for what is no agreement of theirs. */
  readonly agreedAt: string | null;
  /** The record of the paper that it stands on, which whoever is named there may be shown as what they rest on; null where there is none. */
  readonly paperId: Uuid | null;
  readonly classes: readonly DataClass[];
  /** Null covers all. */
  readonly unitIds: readonly Uuid[] | null;
  /** Where it was narrowed by what only somebody who reads can tell (a part of the body, dates of service): the records that were gone through. */
  readonly recordIds: readonly Uuid[] | null;
  /** 45 CFR 164.508(a)(2), (b)(3)(ii): these need an authorization, or an order, of their own. */
  readonly psychotherapyNotes: boolean;
  /** Whether it reaches specially protected health that this legal entity holds: 42 CFR 2.31 and its like ask for a consent of their own. */
  readonly specialHealth: (entity: string) => boolean;
  /** The customer is not told, or not yet (45 CFR 164.528(a)(2)): what rests on it is withheld. */
  readonly isWithheld: boolean;
}

export interface AskedAbout {
  readonly customerId: Uuid;
  readonly revision: number;
}

/** One that something of a customer rested on. */
export interface RestedOn extends Pick<Entitlement, "kind" | "id"> {
  readonly customerId: Uuid;
  /** How far it reached: the same id with another reach, as of a demand that was narrowed since, is another ground. */
  readonly reach: string;
}

export function restingOn(customerId: Uuid, entitlement: Entitlement): RestedOn {
  return { customerId, kind: entitlement.kind, id: entitlement.id, reach: reachOf(entitlement) };
}

function reachOf({ classes, unitIds, recordIds, psychotherapyNotes }: Entitlement): string {
  const sorted = (ids: readonly string[] | null) => ids?.toSorted() ?? null;
  const reach = [sorted(classes), sorted(unitIds), sorted(recordIds), psychotherapyNotes];
  return createHash("sha256").update(canonicalJson(reach)).digest("base64url");
}

/** By customer; who is not in it has nothing. */
export type Entitlements = ReadonlyMap<Uuid, readonly Entitlement[]>;

/**
 * Asked after the customers' revisions were read. INVARIANT: whoever changes what this answers moves the revision of the customer (`Writing.moveCustomer`) in
 * the same transaction, so that what is read now is no older than the revision that the entry's guard checks again.
 */
export type GatherEntitlements = (
  asker: Pick<Authenticated, "principalId" | "via">,
  customers: readonly AskedAbout[],
  terms: Pick<Terms, "purpose" | "basis" | "recipient">,
) => Promise<Entitlements>;

const NONE: Entitlements = new Map();
export const nothingEntitles: GatherEntitlements = () => Promise.resolve(NONE);

/** Several sources as one: asked together. */
export function joinEntitlements(...sources: readonly GatherEntitlements[]): GatherEntitlements {
  return async (asker, customers, terms) => {
    const found = await Promise.all(sources.map((source) => source(asker, customers, terms)));
    return new Map(
      customers.map(({ customerId }) => [customerId, found.flatMap((each) => each.get(customerId) ?? [])]),
    );
  };
}

/** Nobody rests on what they do not state: of what is shown by the role's duty, nothing is asked for. */
const RESTS: Readonly<Record<Basis, boolean>> = {
  "role-duty": false,
  authorization: true,
  "legal-demand": true,
  "rights-request": true,
  incident: false,
  emergency: false,
};

export function entitlementsOf(
  { entitlements }: { readonly entitlements: GatherEntitlements },
  asker: Authenticated,
  resolved: readonly { readonly situation: AskedAbout | null }[],
  terms: Pick<Terms, "purpose" | "basis" | "recipient">,
): Entitlements | Promise<Entitlements> {
  if (!RESTS[terms.basis]) return NONE;
  const known = resolved.flatMap(({ situation }) => situation ?? []);
  return known.length === 0 ? NONE : entitlements(asker, known, terms);
}

/** What one field of one record is covered by. */
export interface Covered {
  readonly authorized: boolean;
  /** When the newest of the agreements that cover it was given, in ms since 1970; null where none does. */
  readonly agreedAtMs: number | null;
  readonly legalProcess: boolean;
  readonly privilegeReviewed: boolean;
  readonly releaseJudged: boolean;
}

export const UNCOVERED: Covered = {
  authorized: false,
  agreedAtMs: null,
  legalProcess: false,
  privilegeReviewed: false,
  releaseJudged: false,
};

/** `recordId` is null for a question about records that are not there, or not yet known. */
export interface Place extends Pick<DecisionInput, "dataClass" | "trait"> {
  readonly unit: Pick<UnitHeader, "unitId" | "kind" | "entity">;
  readonly recordId: Uuid | null;
}

export function placeOf(
  { dataClass, trait }: Pick<DecisionInput, "dataClass" | "trait">,
  { unit, record }: StoredRecord,
): Place {
  return { dataClass, trait, unit: unit.header, recordId: record.recordId };
}

export function coveredBy(entitlements: readonly Entitlement[], place: Place): Covered {
  if (entitlements.length === 0) return UNCOVERED;
  const covering = entitlements.filter((one) => covers(one, place));
  const has = (kind: Entitlement["kind"]): boolean => covering.some((one) => one.kind === kind);
  const agreed = covering.flatMap(({ agreedAt }) => (agreedAt === null ? [] : [Date.parse(agreedAt)]));
  return {
    authorized: has("authorization"),
    agreedAtMs: agreed.length === 0 ? null : Math.max(...agreed),
    legalProcess: has("legal-process"),
    privilegeReviewed: has("privilege-review"),
    releaseJudged: has("release-judgement"),
  };
}

/** The relationship's own records say who somebody is and where they are reached, which whoever is given a claim or a policy needs to know; no more of it. */
function covers(covering: Entitlement, { dataClass, trait, unit, recordId }: Place): boolean {
  const { paperId, classes, unitIds, recordIds, psychotherapyNotes, specialHealth } = covering;
  // 45 CFR 164.508(c): a valid authorization is a document, and whoever is to act on it has to see it.
  if (paperId !== null && recordId === paperId) return true;
  if (!classes.includes(dataClass)) return false;
  // What covers psychotherapy notes covers of their class nothing else by that alone (45 CFR 164.508(b)(3)(ii)), and what covers the class does not cover them.
  if (trait === "psychotherapy-note" ? !psychotherapyNotes : isSpecial(dataClass) && !specialHealth(unit.entity))
    return false;
  if (recordIds !== null) return recordId !== null && recordIds.includes(recordId);
  if (unitIds === null || unitIds.includes(unit.unitId)) return true;
  return unit.kind === "relationship" && (dataClass === "identity" || dataClass === "contact");
}

const isSpecial = (dataClass: DataClass): boolean => dataClass === "specially-protected-health";

/** For the entry: what was relied upon for these places, each once. */
export function reliedUpon(entitlements: readonly Entitlement[], places: readonly Place[]): readonly Entitlement[] {
  return entitlements.filter((one) => places.some((place) => covers(one, place)));
}
