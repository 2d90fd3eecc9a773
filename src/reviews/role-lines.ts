// Lines on roles: what each may be given beside what its holders use. Roles are files: what is decided is done there, and seen to be done.
import type { Access, DescribedPrincipal } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type Purpose, type Role, ROLES } from "../kernel/vocabulary.ts";
import type { Usage } from "../ledger/ledger.ts";
import type { Peers } from "./peers.ts";
import type { Population } from "./population.ts";
import type { Line, LineSubject, ReviewScope } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";

export interface RoleScope {
  readonly population: Population;
  readonly peers: ReadonlyMap<Role, Peers>;
  readonly reviewId: Uuid;
  readonly scope: ReviewScope;
}

interface RoleContext {
  readonly access: Pick<Access, "roles">;
  readonly thresholds: Thresholds;
}

/** One a role that anybody has. */
export function roleLines(context: RoleContext, asked: RoleScope): Omit<Line, "reviewer">[] {
  const { scope, population } = asked;
  const roles = scope.roles.length === 0 ? ROLES : scope.roles;
  return roles.flatMap((role) => {
    const holders = population.people.filter((person) => person.role === role);
    return holders.length === 0 ? [] : [roleLine(context, asked, role, holders)];
  });
}

function roleLine(
  { access, thresholds }: RoleContext,
  { population, peers, reviewId }: RoleScope,
  role: Role,
  holders: readonly DescribedPrincipal[],
): Omit<Line, "reviewer"> {
  const used = holders.flatMap(({ principalId }) => population.usage.get(principalId) ?? []);
  const rules = access.roles[role];
  const purposes = rules.purposes.filter((purpose) => used.some((each) => each.purposes.includes(purpose)));
  const kept = rules.purposes.filter((each) => purposes.includes(each) || thresholds.keepPurposes.includes(each));
  const { count = 0, actsMedian = 0, customersMedian = 0 } = peers.get(role) ?? {};
  return {
    subject: roleSubject(reviewId, role, rules.purposes, rules.rowScopes.join(" ")),
    assignment: null,
    grant: null,
    used: { since: population.since.toISOString(), ...sumOf(used), purposes },
    peers: { count, actsMedian, customersMedian },
    flags: thresholds.privilegedRoles.includes(role) ? ["privileged"] : [],
    conflicts: [],
    suggestion: suggestionOf(purposes.length > 0 && kept.length < rules.purposes.length ? kept : null),
    grantors: [],
    decision: null,
    postponed: [],
    applied: null,
  };
}

function roleSubject(id: Uuid, role: Role, purposes: readonly Purpose[], rowScope: string): LineSubject {
  const nothing = { groups: 0, grants: 0, entities: [], lines: [], classes: null, expiresAt: null, revision: 0 };
  return { kind: "role", id, name: role, role, status: "active", purposes: [...purposes], rowScope, ...nothing };
}

function sumOf(used: readonly Usage[]): Pick<Line["used"], "lastAt" | "acts" | "classes" | "customers"> {
  const lastAt = Math.max(...used.map((each) => each.lastAt));
  return {
    lastAt: used.length === 0 ? null : new Date(lastAt * 1000).toISOString(),
    acts: used.reduce((sum, each) => sum + each.entries, 0),
    classes: [...new Set(used.flatMap((each) => each.classes))],
    customers: used.reduce((sum, each) => sum + each.customers, 0),
  };
}

function suggestionOf(kept: Purpose[] | null): Line["suggestion"] {
  if (kept === null) return { decision: "approve", narrowTo: null, because: [] };
  const narrowTo = { purposes: kept, classes: null, entities: null, lines: null };
  return { decision: "narrow", narrowTo, because: ["purposes that nobody of the role used"] };
}
