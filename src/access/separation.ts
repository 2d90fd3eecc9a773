// Separation of duty as data: which rights no one role may hold together.
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { PURPOSES, type Purpose } from "../kernel/vocabulary.ts";
import { ACTIONS, HOLDERS, type AdministrationRights, type Holder, type Right } from "./actions.ts";
import type { RoleTable } from "./roles.ts";

export const separationRule = strictYaml({
  name: z.string().min(1),
  why: z.string().min(1),
  /** Binds these roles, whatever they hold ... */
  roles: z.array(z.enum(HOLDERS)).default([]),
  /** ... and every role that holds one of these. */
  holdersOf: z.array(z.enum(ACTIONS)).default([]),
  neverHold: z.array(z.enum(ACTIONS)).min(1),
  /** The only purposes under which a bound role's clients may be registered. */
  purposesOnly: z.array(z.enum(PURPOSES)).optional(),
}).refine((rule) => rule.roles.length + rule.holdersOf.length > 0, "binds nobody");
export type SeparationRule = z.infer<typeof separationRule>;

/** Null when the rule holds, else what breaks it. */
export function checkSeparation(rule: SeparationRule, rights: AdministrationRights, roles: RoleTable): string | null {
  for (const holder of HOLDERS) {
    const fault =
      (rule.roles.includes(holder) ? faultOf(rule, { holder, under: "any" }, rights, roles) : null) ??
      firstFault(rule, holder, rights, roles);
    if (fault !== null) return fault;
  }
  return null;
}

interface Bound {
  readonly holder: Holder;
  readonly under: Right;
}

function firstFault(
  rule: SeparationRule,
  holder: Holder,
  rights: AdministrationRights,
  roles: RoleTable,
): string | null {
  for (const action of rule.holdersOf) {
    const under = rights[action].roles[holder];
    const fault = under === undefined ? null : faultOf(rule, { holder, under }, rights, roles);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(rule: SeparationRule, bound: Bound, rights: AdministrationRights, roles: RoleTable): string | null {
  for (const action of rule.neverHold) {
    const held = rights[action].roles[bound.holder];
    if (held !== undefined && canMeet(bound, held, roles)) return `${bound.holder} holds ${action}`;
  }
  const strayed = purposesOf(bound, roles).find((purpose) => rule.purposesOnly?.includes(purpose) === false);
  return strayed === undefined ? null : `${bound.holder} may state ${strayed}`;
}

/** Whether one client could hold both rights at once: not where its role allows one purpose and the two rights need different ones. */
function canMeet(bound: Bound, held: Right, roles: RoleTable): boolean {
  if (bound.holder === "system" || roles[bound.holder].purposesMax !== 1) return true;
  const { under } = bound;
  return under === "any" || held === "any" || under.some((purpose) => held.includes(purpose));
}

/** The purposes a client that holds the right can be registered for besides. */
function purposesOf(bound: Bound, roles: RoleTable): readonly Purpose[] {
  if (bound.holder === "system") return [];
  const { purposes, purposesMax } = roles[bound.holder];
  return purposesMax === 1 && bound.under !== "any" ? bound.under : purposes;
}
