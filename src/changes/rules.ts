// Which changes wait, for how long, and what stands against them: governance/access/changes.yaml.
import { join } from "node:path";
import { z } from "zod";
import type { Actor } from "../access/access.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { FLAGS, PURPOSES, ROLES } from "../kernel/vocabulary.ts";
import { ChangesError } from "./errors.ts";

const YEAR_HOURS = 8760;
const permission = strictYaml({
  why: z.string().min(1),
  role: z.enum(ROLES),
  purpose: z.enum(PURPOSES),
  by: z.enum(["import", "interface"]),
});
const schema = strictYaml({
  version: z.literal(1),
  kinds: z.array(z.enum(["staff", "customer", "client"])),
  fields: z.array(z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{0,40}\*?$/)).min(1),
  masterData: z.array(permission).max(50),
  needsConfirmation: z.boolean(),
  coolingHours: z.int().min(1).max(YEAR_HOURS),
  confirmWithinHours: z.int().min(1).max(YEAR_HOURS),
  standsAgainst: z.partialRecord(z.enum(FLAGS), z.array(z.enum(ROLES))),
});
export type ChangeRules = z.infer<typeof schema>;
export type Writer = Pick<Actor, "kind" | "role" | "purposes">;

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

/** Whether what such a principal writes waits: one field that does holds back all of the record. */
export function mustWait(rules: ChangeRules, writer: Writer, paths: readonly string[]): boolean {
  const waits = rules.kinds.some((each) => each === writer.kind) && isHeldBack(rules, paths);
  return waits && !statesMasterData(rules, writer, "interface");
}

/** A feed writes at once or not at all: what it brings of these fields is somebody's word for the customer's master data. */
export function mayImport(rules: ChangeRules, writer: Writer, paths: readonly string[]): boolean {
  return !isHeldBack(rules, paths) || statesMasterData(rules, writer, "import");
}

/** Null: such a writer's feeds may say anything. */
export function heldFromFeeds(rules: ChangeRules, writer: Writer): ((fieldPath: string) => boolean) | null {
  return statesMasterData(rules, writer, "import") ? null : (path) => isHeldBack(rules, [path]);
}

function statesMasterData({ masterData }: ChangeRules, writer: Writer, by: "import" | "interface"): boolean {
  if (writer.kind !== "client") return false;
  return masterData.some((one) => one.by === by && one.role === writer.role && writer.purposes.includes(one.purpose));
}

function isHeldBack({ fields }: ChangeRules, paths: readonly string[]): boolean {
  return paths.some((path) => fields.some((pattern) => fits(pattern, path)));
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
