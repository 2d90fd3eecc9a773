// How much a client may ask for: five numbers, each for a window of time, by its role unless others were registered.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import { SystemsError } from "./errors.ts";

const AMOUNT_MAX = 1_000_000_000;
const amount = z.int().min(0).max(AMOUNT_MAX);

/** Seconds of the window each is counted in. */
export const CEILING_WINDOWS = {
  requestsAMinute: 60,
  customersAnHour: 3600,
  customersADay: 86_400,
  fieldsAnHour: 3600,
  assignmentsAnHour: 3600,
} as const;
export type CeilingName = keyof typeof CEILING_WINDOWS;

/** null: no ceiling. */
export const ceilingsSchema = z.strictObject({
  requestsAMinute: amount.nullable(),
  customersAnHour: amount.nullable(),
  customersADay: amount.nullable(),
  fieldsAnHour: amount.nullable(),
  assignmentsAnHour: amount.nullable(),
});
export type Ceilings = z.output<typeof ceilingsSchema>;

const NO_CEILINGS: Ceilings = {
  requestsAMinute: null,
  customersAnHour: null,
  customersADay: null,
  fieldsAnHour: null,
  assignmentsAnHour: null,
};

const ofRole = strictYaml({
  why: z.string().min(1),
  ceilings: strictYaml({
    requestsAMinute: amount,
    customersAnHour: amount,
    customersADay: amount,
    fieldsAnHour: amount,
    assignmentsAnHour: amount,
  }),
});
const ceilingsFile = strictYaml({ version: z.literal(1), roles: z.partialRecord(z.enum(ROLES), ofRole) });

export type CeilingTable = (role: Role) => Ceilings;

/** Reads `ceilings.yaml` in `folder`. Throws SystemsError `bad-governance`, naming file and line. */
export function loadCeilings(folder: string): CeilingTable {
  const read = readGovernedYaml(join(folder, "ceilings.yaml"), "governance/access/ceilings.yaml", ceilingsFile);
  if (!read.ok) throw new SystemsError("bad-governance", read.faults.join("\n"));
  const { roles } = read.file.content;
  return (role) => roles[role]?.ceilings ?? NO_CEILINGS;
}
