// A right as a law grants it: for whom, by when, extended how, refused on which grounds, and how far its text was confirmed.
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { LINES } from "../kernel/vocabulary.ts";

/** What customers ask for. Stored and shown: add at the end. */
export const RIGHT_KINDS = [
  "access",
  "portability",
  "correction",
  "erasure",
  "restriction",
  "objection",
  "opt-out",
  "accounting",
  "automated-decision-review",
  "decision-reasons",
  "confidential-communications",
  "complaint",
] as const;
export type RightKind = (typeof RIGHT_KINDS)[number];

/** What the information is about: laws on consumers' privacy often leave out what insurance law covers. */
export const MATTERS = ["insurance", "website-or-marketing", "consumer-report"] as const;
export type Matter = (typeof MATTERS)[number];

/** What leaves an insurer or its data out: that GLBA covers the institution, that GLBA covers the information, or that it is an insurer. */
const EXEMPTIONS = ["glba-entity", "glba-data", "insurer"] as const;

const UNITS = ["hours", "days", "business-days", "months"] as const;

/** From what a period runs: receipt; identity too, where it had to be asked for; what has no date of the request's own; an event's year. */
const ORIGINS = ["receipt", "identity", "notice", "collection", "discovery-year-end"] as const;

const text = z.string().trim().min(1).max(600);
const amount = { value: z.int().min(0).max(400), unit: z.enum(UNITS) };
const period = strictYaml(amount);
export type Period = z.infer<typeof period>;

const response = strictYaml({
  value: amount.value.optional(),
  unit: amount.unit.optional(),
  from: z.enum(ORIGINS),
  text,
}).refine(({ value, unit }) => (value === undefined) === (unit === undefined), "value and unit belong together");

const extension = strictYaml({
  value: amount.value.optional(),
  unit: amount.unit.optional(),
  condition: text,
}).refine(({ value, unit }) => (value === undefined) === (unit === undefined), "value and unit belong together");

const refusal = strictYaml({ code: z.string().regex(/^[a-z][a-z-]{2,40}$/), text });

const reach = strictYaml({
  /** ISO 3166-1 codes, or EEA. None: everywhere. */
  countries: z.array(z.string().regex(/^([A-Z]{2}|EEA)$/)).optional(),
  states: z.array(z.string().regex(/^[A-Z0-9]{1,3}$/)).optional(),
  lines: z.array(z.enum(LINES)).optional(),
  about: z.array(z.enum(MATTERS)).optional(),
});

const rightsRule = strictYaml({
  id: z.string().regex(/^[A-Z][A-Za-z0-9-]{2,40}$/),
  law: text,
  jurisdiction: z.string().regex(/^[A-Z]{2,5}(-[A-Z]{2,5})?$/),
  title: text,
  citation: text,
  /** Empty: a duty that nobody asks for, such as a notice. */
  kinds: z.array(z.enum(RIGHT_KINDS)),
  reach,
  exemption: strictYaml({ insurers: z.enum(["entity", "data"]), by: z.enum(EXEMPTIONS), text }).optional(),
  response,
  extension: extension.optional(),
  acknowledgement: strictYaml({ ...amount, text }).optional(),
  appeal: period.optional(),
  weekend: z.enum(["next-working-day", "stands"]).default("stands"),
  /** Whether its clock stands still while the customer is asked for something. */
  pauses: z.enum(["never", "clarification"]).default("never"),
  identity: z.enum(["required", "not-asked"]).default("required"),
  "looks-back-years": z.int().min(1).max(20).optional(),
  fee: text,
  refusals: z.array(refusal).max(20),
  notes: text.optional(),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text", "design"]),
  "as-of": z.string().regex(/^\d{4}-\d{2}$/),
});
export type RightsRule = z.infer<typeof rightsRule>;

export const rightsFile = strictYaml({ version: z.literal(1), rules: z.array(rightsRule).min(1).max(200) });

/** The rule that stands in where no statute sets a date. */
export const HOUSE_RULE = "HOUSE";

/** The time a law sets for an answer; null where it sets none that a request's own dates could start. */
export function periodOf({ response: { value, unit, from } }: RightsRule): Period | null {
  if (value === undefined || unit === undefined || from === "notice" || from === "collection") return null;
  return { value, unit };
}
