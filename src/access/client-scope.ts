// What a client asks to be registered for, held against what its role allows (governance/access/roles.yaml).
import type { Role } from "../kernel/vocabulary.ts";
import { AccessError } from "./errors.ts";
import type { Scope } from "./principal.ts";
import type { RoleRules, RoleTable } from "./roles.ts";

const DAY_MS = 86_400_000;
const DAYS_USUAL = 365;
const GROUPS_MAX = 1000;
const ENTITIES_MAX = 1000;
const ENTITY_PATTERN = /^[a-z0-9][a-z0-9._:/-]{0,63}$/;

/** The scope in canonical form (no repetitions, sorted). Throws AccessError when it goes beyond the role. */
export function checkedScope(roles: RoleTable, role: Role, asked: Scope, now: Date): Scope {
  const rules = roles[role];
  if (rules.daysMax === 0) throw new AccessError("role-not-for-clients");
  const scope = canonicalScope(asked);
  checkPurposes(rules, scope);
  checkRows(rules, scope);
  if (rules.classCeilingNeeded && scope.classCeiling === null) {
    throw new AccessError("scope-incomplete", "clients of this role must name the data classes they are limited to");
  }
  checkExpiry(rules, scope.expiresAt, now);
  return scope;
}

function canonicalScope(asked: Scope): Scope {
  return {
    purposes: sortedSet(asked.purposes),
    rowScope: asked.rowScope,
    groups: sortedSet(asked.groups),
    entities: sortedSet(asked.entities),
    lines: sortedSet(asked.lines),
    classCeiling: asked.classCeiling === null ? null : sortedSet(asked.classCeiling),
    expiresAt: asked.expiresAt,
  };
}

function checkPurposes(rules: RoleRules, { purposes }: Scope): void {
  if (purposes.length === 0 || purposes.some((purpose) => !rules.purposes.includes(purpose))) {
    throw new AccessError(
      "purpose-not-for-role",
      `the role may state these purposes only: ${rules.purposes.join(", ")}`,
    );
  }
  if (rules.purposesMax !== undefined && purposes.length > rules.purposesMax)
    throw new AccessError("too-many-purposes");
}

function checkRows(rules: RoleRules, { rowScope, groups, entities, lines }: Scope): void {
  if (!rules.rowScopes.includes(rowScope)) {
    throw new AccessError(
      "scope-not-for-role",
      `the role may have these row scopes only: ${rules.rowScopes.join(", ")}`,
    );
  }
  if (groups.length > GROUPS_MAX || entities.length > ENTITIES_MAX) throw new AccessError("too-many");
  if (entities.some((entity) => !ENTITY_PATTERN.test(entity))) {
    throw new AccessError("scope-incomplete", "an entity is not a code: lower-case letters, digits and ._:/- only");
  }
  const groupsFit = {
    none: groups.length === 0,
    assignments: true,
    groups: groups.length > 0,
    "everything-masked": groups.length === 0,
  }[rowScope];
  // Nothing is left to a default that means "all": rows need entities and lines to be named. Who reaches no rows may have both, to feed into.
  const named = entities.length > 0 && lines.length > 0;
  const reach = named || (rowScope === "none" && entities.length + lines.length === 0);
  if (!groupsFit || !reach) throw new AccessError("scope-incomplete");
}

function checkExpiry(rules: RoleRules, expiresAt: Date | null, now: Date): void {
  const leftMs = expiresAt === null ? Number.NaN : expiresAt.getTime() - now.getTime();
  if (!(leftMs > 0 && leftMs <= rules.daysMax * DAY_MS)) throw new AccessError("bad-expiry");
}

/** A year from now, or the limit of the role if that is nearer. */
export function usualExpiry(rules: RoleRules, now: Date): Date {
  return new Date(now.getTime() + Math.min(rules.daysMax, DAYS_USUAL) * DAY_MS);
}

function sortedSet<Item extends string>(items: readonly Item[]): Item[] {
  return [...new Set(items)].sort();
}
