// What a client of each role may be registered for, from governance/access/roles.yaml.
import { join } from "node:path";
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { PURPOSES, ROLES, type Purpose, type Role } from "../kernel/vocabulary.ts";
import { faultIn, readGovernanceFile } from "./governance-file.ts";

/** How a principal's rows are found; the order is that of reach and is not stored. */
export const ROW_SCOPES = ["none", "assignments", "groups", "everything-masked"] as const;
export type RowScope = (typeof ROW_SCOPES)[number];

export interface RoleRules {
  readonly purposes: readonly Purpose[];
  /** How many purposes one client may be registered for; the role's whole list when absent. */
  readonly purposesMax?: number | undefined;
  readonly rowScopes: readonly RowScope[];
  /** True where a client must name the data classes it is limited to. */
  readonly classCeilingNeeded: boolean;
  /** The longest a client may live without being renewed. 0 where no client may be made. */
  readonly daysMax: number;
  /** True where one who administers may not make such a client alone: a second one approves it. */
  readonly secondPerson: boolean;
  readonly why: string;
}
export type RoleTable = Readonly<Record<Role, RoleRules>>;

const roleRules = strictYaml({
  purposes: z.array(z.enum(PURPOSES)),
  purposesMax: z.int().min(1).optional(),
  rowScopes: z.array(z.enum(ROW_SCOPES)),
  classCeilingNeeded: z.boolean().default(false),
  daysMax: z.int().min(0).max(1000),
  secondPerson: z.boolean().default(false),
  why: z.string().min(1),
});

const rolesFile = strictYaml({ version: z.literal(1), roles: z.record(z.enum(ROLES), roleRules) });

/** Reads `roles.yaml` in `folder`. Throws AccessError `bad-governance` naming file and line. */
export function loadRoles(folder: string): RoleTable {
  const file = readGovernanceFile(join(folder, "roles.yaml"), rolesFile);
  for (const role of ROLES) {
    const rules = file.content.roles[role];
    const usable = rules.daysMax > 0;
    if (usable !== rules.rowScopes.length > 0 || (usable && rules.purposes.length === 0)) {
      throw faultIn(
        file,
        ["roles", role],
        "a role for clients has purposes, row scopes and days; any other neither rows nor days",
      );
    }
    if (new Set(rules.purposes).size !== rules.purposes.length) {
      throw faultIn(file, ["roles", role, "purposes"], "a purpose stands twice");
    }
  }
  return Object.freeze(file.content.roles);
}
