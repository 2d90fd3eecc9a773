// What a question may rest on besides the asker's registration and assignments: elevations, emergency access, approvals, caller checks, attestations.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Terms } from "./question.ts";

/** What an elevation lends in place of the asker's own; what it leaves out stays the asker's. */
export type Elevation = { readonly grantId: Uuid } & Partial<
  Pick<Authenticated, "role" | "purposes" | "rowScope" | "groups" | "classCeiling">
>;

export interface AskerGrounds {
  readonly trainingCurrent: boolean;
  readonly policiesAcknowledged: boolean;
  /** An emergency access is open, and this question invokes it. */
  readonly breakGlass: boolean;
  /** The grant that the question names; null where it names none. "not-in-force" where it names one that lends nothing now. */
  readonly elevation: Elevation | "not-in-force" | null;
}

/** All of a customer's units, or classes, where null: of themselves everybody speaks of both. */
export interface Spoken {
  readonly unitIds: readonly Uuid[] | null;
  readonly classes: readonly DataClass[] | null;
}

export interface CustomerGrounds {
  /** Classes that two persons other than the asker approved for this customer and purpose. */
  readonly approved: readonly DataClass[];
  /** What whoever is on the line, verified, may speak of. Nobody is when empty. */
  readonly callerSpeaksOf: readonly Spoken[];
  readonly conflictDeclared: boolean;
}

/** One source's say. Of several, what grants is joined and what must hold has to hold for each. */
export interface Grounds {
  readonly asker: Partial<AskerGrounds>;
  /** By customer; who is not in it has none of these. */
  readonly customers: ReadonlyMap<Uuid, Partial<CustomerGrounds>>;
  /** What was relied upon, by kind and id: for the entry's sealed detail. */
  readonly relied: readonly Json[];
}

/**
 * Asked once a question, after the asker was authenticated and before anything else is read. INVARIANT: whoever changes what this answers moves the
 * revision of the asker's principal (`Writing.movePrincipal`) or of the customer in the same transaction, so that the entry's guard finds a decision stale that
 * rests on what is over; what was read may then be remembered by that revision. `asker` is the principal as registered, never as elevated.
 */
export type GatherGrounds = (
  asker: Authenticated,
  customerIds: readonly Uuid[],
  terms: Pick<Terms, "purpose" | "basis" | "as">,
) => Promise<Grounds> | Grounds;

const NOTHING: Grounds = { asker: {}, customers: new Map(), relied: [] };

/** Grants nothing, and asks nothing of anybody. A question that names a grant names one that is not in force. */
export const noGrounds: GatherGrounds = (_asker, _customerIds, { as }) =>
  as === undefined ? NOTHING : { ...NOTHING, asker: { elevation: "not-in-force" } };

/** Several sources as one: asked together. */
export function joinGrounds(...sources: readonly GatherGrounds[]): GatherGrounds {
  return async (asker, customerIds, terms) => {
    const found = await Promise.all(sources.map((source) => source(asker, customerIds, terms)));
    const parts = found.map((each) => each.asker);
    const lent = parts.flatMap(({ elevation }) => elevation ?? []);
    return {
      asker: {
        trainingCurrent: parts.every((part) => part.trainingCurrent !== false),
        policiesAcknowledged: parts.every((part) => part.policiesAcknowledged !== false),
        breakGlass: parts.some((part) => part.breakGlass === true),
        elevation: lent.find((each) => each !== "not-in-force") ?? lent[0] ?? null,
      },
      customers: new Map(
        customerIds.map((id) => [id, joined(found.flatMap(({ customers }) => customers.get(id) ?? []))]),
      ),
      relied: found.flatMap(({ relied }) => relied),
    };
  };
}

function joined(parts: readonly Partial<CustomerGrounds>[]): CustomerGrounds {
  return {
    approved: parts.flatMap(({ approved }) => approved ?? []),
    callerSpeaksOf: parts.flatMap(({ callerSpeaksOf }) => callerSpeaksOf ?? []),
    conflictDeclared: parts.some(({ conflictDeclared }) => conflictDeclared === true),
  };
}

export function askerGrounds({ asker }: Pick<Grounds, "asker">): AskerGrounds {
  const { trainingCurrent = true, policiesAcknowledged = true, breakGlass = false, elevation = null } = asker;
  return { trainingCurrent, policiesAcknowledged, breakGlass, elevation };
}

export function customerGrounds({ customers }: Pick<Grounds, "customers">, customerId: Uuid): CustomerGrounds {
  const { approved = [], callerSpeaksOf = [], conflictDeclared = false } = customers.get(customerId) ?? {};
  return { approved, callerSpeaksOf, conflictDeclared };
}

/**
 * The asker as the question stands: as registered, or as a grant lends it. An emergency opens every row of the asker's entities and lines. INVARIANT:
 * through a client nobody gets purposes or classes beyond what they share with it, whatever they are lent themselves.
 */
export function actingAs(asker: Authenticated, grounds: Pick<Grounds, "asker">): Authenticated {
  const { breakGlass, elevation } = askerGrounds(grounds);
  if (breakGlass) return { ...asker, rowScope: "everything-masked" };
  if (elevation === null || elevation === "not-in-force") return asker;
  const { grantId: _grantId, ...lent } = elevation;
  return asker.via === undefined ? { ...asker, ...lent } : { ...asker, ...lent, ...shared(asker, lent) };
}

function shared(
  asker: Authenticated,
  lent: Omit<Elevation, "grantId">,
): Pick<Authenticated, "purposes" | "classCeiling"> {
  const { purposes = asker.purposes, classCeiling = asker.classCeiling } = lent;
  const ceiling = asker.classCeiling;
  return {
    purposes: purposes.filter((purpose) => asker.purposes.includes(purpose)),
    classCeiling: ceiling === null ? classCeiling : (classCeiling ?? ceiling).filter((each) => ceiling.includes(each)),
  };
}
