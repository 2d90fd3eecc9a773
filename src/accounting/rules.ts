// Which lists there are, what counts in each, and who is named: governance/portal/accounting.yaml.
import { join } from "node:path";
import { z } from "zod";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { BASES, LINES, PURPOSES, ROLES } from "../kernel/vocabulary.ts";
import { AccountingError } from "./errors.ts";

const LAWS = ["hipaa", "gdpr", "naic-670"] as const;
export type Law = (typeof LAWS)[number];

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
const law = strictYaml({
  law: z.enum(LAWS),
  citation: z.string().min(1),
  confirmed: z.enum(["none", "secondary", "text"]),
  /** Null: of every line. */
  lines: z.array(z.enum(LINES)).min(1).nullable(),
  jurisdictions: z.array(place).min(1),
  /** Null: for ever. */
  years: z.int().min(1).max(100).nullable(),
  recipients: z.enum(["outside", "all"]),
  leftOut: strictYaml({
    purposes: z.array(z.enum(PURPOSES)),
    bases: z.array(z.enum(BASES)),
    /** What rests on one of these counts whatever its purpose. */
    unlessBases: z.array(z.enum(BASES)),
  }),
  title: words,
  text: words,
});
const correction = strictYaml({
  /** How ids of rights rules begin. */
  rules: z.array(z.string()).min(1),
  citation: z.string().min(1),
  confirmed: z.enum(["none", "secondary", "text"]),
  years: z.int().min(1).max(100).nullable(),
  organisations: strictYaml({ types: z.array(z.enum(RECIPIENTS)).min(1), years: z.int().min(1).max(100) }).nullable(),
});
const schema = strictYaml({
  version: z.literal(1),
  names: strictYaml({ staff: z.boolean(), organisations: z.boolean() }),
  timeline: strictYaml({ shown: z.boolean(), ownAccess: z.boolean(), refused: z.boolean() }),
  outsiders: z.array(z.enum(ROLES)),
  jurisdictions: strictYaml({ default: place, entities: z.record(z.string(), place) }),
  laws: z.array(law).min(1),
  corrections: z.array(correction).min(1),
  roles: z.record(z.enum(ROLES), words),
});
export type AccountingRules = z.infer<typeof schema>;
export type LawRules = AccountingRules["laws"][number];

const FILE = "accounting.yaml";

/** Throws AccountingError `bad-governance`, one fault a line. */
export function loadAccountingRules(folder: string): AccountingRules {
  const read = readGovernedYaml(join(folder, FILE), `governance/portal/${FILE}`, schema);
  if (!read.ok) throw new AccountingError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const names = content.laws.map((one) => one.law);
  const faults = names.flatMap((name, at) =>
    names.indexOf(name) === at ? [] : [faultAt(["laws", at, "law"], "stands here twice")],
  );
  if (faults.length > 0) throw new AccountingError("bad-governance", faults.join("\n"));
  return content;
}
