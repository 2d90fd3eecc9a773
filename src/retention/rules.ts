// What must be kept by law, and when what is closed falls due by our own schedule: governance/retention/*.yaml.
import { hash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { LINES } from "../kernel/vocabulary.ts";
import { type Registry, UNIT_KINDS } from "../vault/vault.ts";
import { RetentionError } from "./errors.ts";
import { type Trigger, TRIGGERS } from "./triggers.ts";

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
  from: z.enum(TRIGGERS),
  years,
  calendarYears: z.boolean(),
  ground: z.string().min(1).max(200),
  confidence,
  confirmed,
});
const maximum = strictYaml({
  id,
  law: z.string().min(1),
  citation: z.string().min(1).max(200),
  jurisdictions: z.array(place).min(1),
  records: z.array(z.string()).min(1),
  from: z.enum(TRIGGERS),
  years,
  aheadDays: z.int().min(0).max(365),
  text: z.string().min(1),
  confidence,
  confirmed,
});
const maximaFile = strictYaml({ version: z.literal(1), maxima: z.array(maximum) });
const zone = z.string().refine(isZone, "is no time zone that is known here");
const zones = strictYaml({ jurisdictions: z.array(place).min(1), zones: z.array(zone).min(1).max(12) });
const scheduleFile = strictYaml({
  version: z.literal(1),
  defaultZones: z.array(zone).min(1).max(12),
  zones: z.array(zones),
  lines: z.array(line).min(1),
});

export type Duty = z.infer<typeof duty>;
export type ScheduleLine = z.infer<typeof line>;
export type Maximum = z.infer<typeof maximum>;
export type Zones = Pick<z.infer<typeof scheduleFile>, "defaultZones" | "zones">;

type RecordRetention = Registry["recordTypes"][number]["retention"];

/** How long a type of record is kept (governance/schema), in calendar years: the longer reading. */
export interface RecordPeriod {
  readonly from: Trigger;
  readonly years: number;
  readonly citation: string | null;
  readonly confidence: Duty["confidence"];
  readonly confirmed: Duty["confirmed"];
}

export interface RetentionRules {
  readonly grounds: z.infer<typeof dutiesFile>["grounds"];
  readonly duties: readonly Duty[];
  readonly schedule: readonly ScheduleLine[];
  /** What is to be destroyed by a day. */
  readonly maxima: readonly Maximum[];
  /** Where days are counted, by jurisdiction. */
  readonly zones: Zones;
  readonly records: ReadonlyMap<string, RecordPeriod>;
  /** SHA-256 of all of it, hex: what a preview was made by. */
  readonly digest: string;
}

/** Throws RetentionError `bad-governance`, one fault a line. */
export function loadRetentionRules(folder: string, recordTypes: Registry["recordTypes"]): RetentionRules {
  const records = new Map(recordTypes.map(({ name, retention }) => [name, periodOf(retention)]));
  const duties = readGovernedYaml(join(folder, "duties.yaml"), "governance/retention/duties.yaml", dutiesFile);
  const schedule = readGovernedYaml(join(folder, "schedule.yaml"), "governance/retention/schedule.yaml", scheduleFile);
  const maxima = readGovernedYaml(join(folder, "maxima.yaml"), "governance/retention/maxima.yaml", maximaFile);
  if (!duties.ok || !schedule.ok || !maxima.ok)
    return fail([duties, schedule, maxima].flatMap((read) => (read.ok ? [] : read.faults)));
  const faults = [
    ...repeated(duties.file.content.duties).map((at) => duties.file.faultAt(["duties", at, "id"], "stands here twice")),
    ...repeated(schedule.file.content.lines).map((at) =>
      schedule.file.faultAt(["lines", at, "id"], "stands here twice"),
    ),
    ...repeated(maxima.file.content.maxima).map((at) => maxima.file.faultAt(["maxima", at, "id"], "stands here twice")),
    ...maxima.file.content.maxima.flatMap(({ records: named }, at) =>
      named.some((type) => !records.has(type))
        ? [maxima.file.faultAt(["maxima", at, "records"], "names a record type that the schema does not know")]
        : [],
    ),
    ...schedule.file.content.lines.flatMap(({ records: named }, at) =>
      (named ?? []).some((type) => !records.has(type))
        ? [schedule.file.faultAt(["lines", at, "records"], "names a record type that the schema does not know")]
        : [],
    ),
  ];
  if (faults.length > 0) return fail(faults);
  const { grounds, duties: byLaw } = duties.file.content;
  const { lines, defaultZones, zones: byPlace } = schedule.file.content;
  const { maxima: latest } = maxima.file.content;
  const all = [byLaw, schedule.file.content, [...records], latest] as unknown as Json;
  const digest = hash("sha256", canonicalJson(all), "hex");
  return {
    grounds,
    duties: byLaw,
    schedule: lines,
    maxima: latest,
    zones: { defaultZones, zones: byPlace },
    records,
    digest,
  };
}

function periodOf({ textConfirmed, from, years: kept, citation, confidence: held }: RecordRetention): RecordPeriod {
  const read = textConfirmed === "statute_or_agency_text" ? "text" : textConfirmed;
  return { from, years: kept, citation, confidence: held, confirmed: read };
}

function fail(faults: readonly string[]): never {
  throw new RetentionError("bad-governance", { detail: faults.join("\n") });
}

function isZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function repeated(rows: readonly { readonly id: string }[]): number[] {
  return rows.flatMap(({ id: name }, at) => (rows.findIndex((row) => row.id === name) === at ? [] : [at]));
}
