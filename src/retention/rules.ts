// What must be kept by law, and when what is closed falls due by our own schedule: governance/retention/*.yaml.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { LINES } from "../kernel/vocabulary.ts";
import { UNIT_KINDS } from "../vault/vault.ts";
import { RetentionError } from "./errors.ts";

const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
const confidence = z.enum(["high", "medium", "low"]);
const confirmed = z.enum(["none", "secondary", "text"]);
const ground = strictYaml({ citation: z.string().min(1).max(200), confidence, confirmed });
const id = z.string().regex(/^[a-z0-9-]{1,60}$/);
const years = z.int().min(1).max(100);

const duty = strictYaml({
  id,
  law: z.string().min(1),
  citation: z.string().min(1).max(200),
  jurisdictions: z.array(place).min(1),
  units: z.array(z.enum(UNIT_KINDS)).min(1),
  lines: z.array(z.enum(LINES)).min(1).nullable(),
  years,
  calendarYears: z.boolean(),
  text: z.string().min(1),
  confidence,
  confirmed,
});
const dutiesFile = strictYaml({
  version: z.literal(1),
  grounds: strictYaml({ "legal-hold": ground, "open-claim": ground, "open-investigation": ground }),
  duties: z.array(duty),
});
const line = strictYaml({
  id,
  units: z.array(z.enum(UNIT_KINDS)).min(1),
  lines: z.array(z.enum(LINES)).min(1).nullable(),
  jurisdictions: z.array(place).min(1).nullable(),
  records: z.array(z.string()).min(1).nullable(),
  years,
  ground: z.string().min(1).max(200),
  confidence,
  confirmed,
});
const scheduleFile = strictYaml({ version: z.literal(1), lines: z.array(line).min(1) });

export type Duty = z.infer<typeof duty>;
export type ScheduleLine = z.infer<typeof line>;

export interface RetentionRules {
  readonly grounds: z.infer<typeof dutiesFile>["grounds"];
  readonly duties: readonly Duty[];
  readonly schedule: readonly ScheduleLine[];
}

/** Throws RetentionError `bad-governance`, one fault a line. */
export function loadRetentionRules(folder: string, recordTypes: readonly string[]): RetentionRules {
  const duties = readGovernedYaml(join(folder, "duties.yaml"), "governance/retention/duties.yaml", dutiesFile);
  const schedule = readGovernedYaml(join(folder, "schedule.yaml"), "governance/retention/schedule.yaml", scheduleFile);
  if (!duties.ok || !schedule.ok)
    return fail([...(duties.ok ? [] : duties.faults), ...(schedule.ok ? [] : schedule.faults)]);
  const faults = [
    ...repeated(duties.file.content.duties).map((at) => duties.file.faultAt(["duties", at, "id"], "stands here twice")),
    ...repeated(schedule.file.content.lines).map((at) =>
      schedule.file.faultAt(["lines", at, "id"], "stands here twice"),
    ),
    ...schedule.file.content.lines.flatMap(({ records }, at) =>
      (records ?? []).some((type) => !recordTypes.includes(type))
        ? [schedule.file.faultAt(["lines", at, "records"], "names a record type that the schema does not know")]
        : [],
    ),
  ];
  if (faults.length > 0) return fail(faults);
  const { grounds } = duties.file.content;
  return { grounds, duties: duties.file.content.duties, schedule: schedule.file.content.lines };
}

function fail(faults: readonly string[]): never {
  throw new RetentionError("bad-governance", { detail: faults.join("\n") });
}

function repeated(rows: readonly { readonly id: string }[]): number[] {
  return rows.flatMap(({ id: name }, at) => (rows.findIndex((row) => row.id === name) === at ? [] : [at]));
}
