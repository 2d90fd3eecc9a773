// Who may administer what: the table in governance/access/administration.yaml, and the question asked of it.
import { join } from "node:path";
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { PURPOSES, type Purpose } from "../kernel/vocabulary.ts";
import { ACTIONS, HOLDERS, type Action, type AdministrationRights, type Holder, type Right } from "./actions.ts";
import { faultIn, readGovernanceFile } from "./governance-file.ts";
import type { Authenticated, Principal } from "./principal.ts";
import type { RoleTable } from "./roles.ts";
import { checkSeparation, separationRule } from "./separation.ts";

const right = z.union([z.literal("any"), z.array(z.enum(PURPOSES)).min(1)]);
const actionRights = strictYaml({ why: z.string().min(1), roles: z.partialRecord(z.enum(HOLDERS), right) });
const administrationFile = strictYaml({
  version: z.literal(1),
  actions: z.record(z.enum(ACTIONS), actionRights),
  separation: z.array(separationRule).min(1),
});

/**
 * Reads `administration.yaml` in `folder`. Throws AccessError `bad-governance`, naming file and line, also where one role would hold what
 * the file itself says must be kept apart.
 */
export function loadAdministration(folder: string, roles: RoleTable): AdministrationRights {
  const file = readGovernanceFile(join(folder, "administration.yaml"), administrationFile);
  for (const action of ACTIONS) {
    for (const [holder, given] of Object.entries(file.content.actions[action].roles) as [Holder, Right][]) {
      const at = ["actions", action, "roles", holder];
      if (holder === "system" ? given !== "any" : roles[holder].daysMax === 0) {
        throw faultIn(file, at, "no client of this role could ever hold this");
      }
      if (
        given !== "any" &&
        holder !== "system" &&
        given.some((purpose) => !roles[holder].purposes.includes(purpose))
      ) {
        throw faultIn(file, at, "a purpose that this role may not state");
      }
    }
  }
  file.content.separation.forEach((rule, at) => {
    const fault = checkSeparation(rule, file.content.actions, roles);
    if (fault !== null) throw faultIn(file, ["separation", at], `${rule.name}: ${fault}`);
  });
  return Object.freeze(file.content.actions);
}

/**
 * Whether the principal may do it, and the client through which a person acts as well. Where its right is tied to purposes, it must be registered for one of
 * them, and `purpose`, when the request states one, must be among both.
 */
export function mayDo(
  rights: AdministrationRights,
  principal: Pick<Principal, "kind" | "role" | "purposes"> & Pick<Authenticated, "viaRole">,
  action: Action,
  purpose?: Purpose,
): boolean {
  const { viaRole, ...person } = principal;
  if (viaRole !== undefined && !mayDo(rights, { ...person, kind: "client", role: viaRole }, action, purpose))
    return false;
  const given = rights[action].roles[principal.kind === "system" ? "system" : principal.role];
  if (given === undefined) return false;
  const held = given === "any" ? principal.purposes : principal.purposes.filter((each) => given.includes(each));
  if (purpose !== undefined) return held.includes(purpose);
  return given === "any" || held.length > 0;
}
