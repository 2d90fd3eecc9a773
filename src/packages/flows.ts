// Recurring flows to third parties, as compliance officers write them: governance/flows/*.yaml.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { BASES, PURPOSES } from "../kernel/vocabulary.ts";
import { PackagesError } from "./errors.ts";
import { flowCheck } from "./flow-check.ts";

const path = z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/);
const flow = strictYaml({
  version: z.literal(1),
  flow: z.string().regex(/^[a-z0-9-]{1,64}$/),
  title: z.string().min(1).max(100),
  recipients: z.array(z.enum(RECIPIENTS).exclude(["none"])).min(1),
  purpose: z.enum(PURPOSES),
  basis: z.enum(BASES),
  format: z.enum(["json", "csv"]),
  fields: z
    .array(strictYaml({ form: z.enum(["clear", "masked", "token"]), paths: z.array(path).min(1).max(200) }))
    .min(1),
  /** Counts of groups leave in place of values, none of fewer people than this. */
  smallestGroup: z.int().min(2).max(1000).optional(),
  /** The paper of each customer's authorization that it rests on, with what it is narrowed to, goes along. */
  encloses: z.literal("authorization").optional(),
  /** What has to hold when it is run, beside all that the gate decides by itself. */
  checks: z.array(flowCheck).min(1),
  citation: z.string().min(1).max(300),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text", "design"]),
});
export type Flow = z.infer<typeof flow>;

/** Throws PackagesError `bad-governance`, one fault a line. */
export function loadFlows(folder: string, fieldPaths: ReadonlySet<string>): ReadonlyMap<string, Flow> {
  const found = new Map<string, Flow>();
  const faults: string[] = [];
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith(".yaml"))
    .toSorted()) {
    const read = readGovernedYaml(join(folder, name), `governance/flows/${name}`, flow);
    if (!read.ok) {
      faults.push(...read.faults);
      continue;
    }
    const { content, faultAt } = read.file;
    if (name !== `${content.flow}.yaml`) faults.push(faultAt(["flow"], "is not the file's name"));
    for (const [at, { paths }] of content.fields.entries())
      for (const [nth, each] of paths.entries())
        if (!fieldPaths.has(each)) faults.push(faultAt(["fields", at, "paths", nth], `no field ${each}`));
    if (content.encloses !== undefined && !mayEnclose(content))
      faults.push(faultAt(["encloses"], "needs the format json, values and the check authorization-in-force"));
    for (const [at, check] of content.checks.entries())
      for (const fault of faultsOf(content, check, fieldPaths)) faults.push(faultAt(["checks", at], fault));
    found.set(content.flow, content);
  }
  if (faults.length > 0) throw new PackagesError("bad-governance", faults);
  return found;
}

function mayEnclose({ format, smallestGroup, checks }: Flow): boolean {
  const isAuthorized = checks.some(({ check }) => check === "authorization-in-force");
  return format === "json" && smallestGroup === undefined && isAuthorized;
}

/** A check that could never hold, or never fail, is a fault of the file. */
function faultsOf(whole: Flow, check: Flow["checks"][number], fieldPaths: ReadonlySet<string>): string[] {
  if (check.check === "age-off") return fieldPaths.has(check.field) ? [] : [`no field ${check.field}`];
  if (check.check === "only-purpose") return check.purpose === whole.purpose ? [] : ["is not the flow's purpose"];
  if (check.check === "least-group")
    return (whole.smallestGroup ?? 0) >= check.people ? [] : ["smallestGroup is missing, or less"];
  const { unless } = check.check === "no-classes" ? check : {};
  const isKnown = whole.checks.some((one) => one.check === "attested" && one.attest === unless);
  return unless === undefined || !isKnown ? [] : [`${unless} would always be attested`];
}
