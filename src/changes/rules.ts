// Which corrections wait, and for how long: governance/access/changes.yaml.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { ChangesError } from "./errors.ts";

const YEAR_HOURS = 8760;
const schema = strictYaml({
  version: z.literal(1),
  kinds: z.array(z.enum(["staff", "customer", "client"])),
  fields: z.array(z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{0,40}\*?$/)).min(1),
  needsConfirmation: z.boolean(),
  coolingHours: z.int().min(1).max(YEAR_HOURS),
  confirmWithinHours: z.int().min(1).max(YEAR_HOURS),
});
export type ChangeRules = z.infer<typeof schema>;

const FILE = "changes.yaml";

/** `fieldPaths`: those of the schema. Throws ChangesError `bad-governance`, one fault a line. */
export function loadChangeRules(folder: string, fieldPaths: readonly string[]): ChangeRules {
  const read = readGovernedYaml(join(folder, FILE), `governance/access/${FILE}`, schema);
  if (!read.ok) throw new ChangesError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const faults = content.fields.flatMap((pattern, at) =>
    fieldPaths.some((path) => fits(pattern, path)) ? [] : [faultAt(["fields", at], "is no field of the schema")],
  );
  if (faults.length > 0) throw new ChangesError("bad-governance", faults.join("\n"));
  return content;
}

/** Whether a correction by such a principal waits: one field that does holds back all of it. */
export function mustWait({ kinds, fields }: ChangeRules, kind: string, paths: readonly string[]): boolean {
  return kinds.some((each) => each === kind) && paths.some((path) => fields.some((pattern) => fits(pattern, path)));
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
