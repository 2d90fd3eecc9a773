// For tests: each right under each of the major laws, as it is tried over HTTP and in the browser. A case that is added here is tried both ways.
import type { Client } from "../../sdk/client.ts";

/** How such a law is judged. */
export const EXEMPTIONS = {
  "glba-entity": "insurer-exempt",
  "glba-data": "data-exempt",
  insurer: "insurer-exempt",
} as const;

type Draft = Parameters<Client["portal"]["rights"]["open"]>[0];

export interface RightCase {
  readonly law: string;
  readonly kind: Draft["kind"];
  readonly place: { readonly country: string; readonly state: string | null };
  /** The rule that is to govern. */
  readonly rule: string;
  /** Of the relationship that the customer has. */
  readonly line?: "auto" | "health";
  readonly about?: NonNullable<Draft["about"]>;
  /** Filed by staff for whoever wrote or called; otherwise the customer asks in the portal. */
  readonly isFiled?: true;
  /** A law of the place that gives the right, and leaves insurers or such information out; and by what. */
  readonly exempt?: { readonly ruleId: string; readonly by: keyof typeof EXEMPTIONS };
  /** A law that applies as well, and whose day is later. */
  readonly beside?: string;
  /** The list that an accounting comes to. */
  readonly list?: "gdpr" | "hipaa" | "naic-670";
}

const at = (country: string, state: string | null = null) => ({ country, state });
const [GERMANY, FRANCE, BRITAIN] = [at("DE"), at("FR"), at("GB")];
const [CALIFORNIA, TEXAS, MONTANA] = [at("US", "CA"), at("US", "TX"), at("US", "MT")];
const QUEBEC = at("CA", "QC");
const ONLINE = { about: "website-or-marketing" } as const;
const HEALTH = { line: "health" } as const;
const FILED = { isFiled: true } as const;

export const RIGHT_CASES: readonly RightCase[] = [
  { law: "GDPR", kind: "access", place: GERMANY, rule: "EU-GDPR-15" },
  { law: "GDPR", kind: "portability", place: FRANCE, rule: "EU-GDPR-20" },
  { law: "GDPR", kind: "correction", place: GERMANY, rule: "EU-GDPR-16" },
  { law: "GDPR", kind: "erasure", place: GERMANY, rule: "EU-GDPR-17" },
  { law: "GDPR", kind: "restriction", place: FRANCE, rule: "EU-GDPR-18" },
  { law: "GDPR", kind: "objection", place: GERMANY, rule: "EU-GDPR-21" },
  { law: "GDPR", kind: "opt-out", place: FRANCE, rule: "EU-GDPR-21" },
  { law: "GDPR", kind: "automated-decision-review", place: GERMANY, rule: "EU-GDPR-22" },
  { law: "GDPR", kind: "accounting", place: FRANCE, rule: "EU-GDPR-15", list: "gdpr" },
  { law: "UK GDPR", kind: "access", place: BRITAIN, rule: "UK-GDPR-15", ...FILED },
  { law: "UK GDPR", kind: "correction", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "erasure", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "portability", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "restriction", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "objection", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "opt-out", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "automated-decision-review", place: BRITAIN, rule: "UK-GDPR-16-22" },
  { law: "UK GDPR", kind: "accounting", place: BRITAIN, rule: "UK-GDPR-15", list: "gdpr" },
  { law: "the British Data (Use and Access) Act", kind: "complaint", place: BRITAIN, rule: "UK-COMPLAINT" },
  { law: "CCPA", kind: "access", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-know" },
  { law: "CCPA", kind: "portability", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-know" },
  { law: "CCPA", kind: "correction", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-correct" },
  { law: "CCPA", kind: "erasure", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-delete", ...FILED },
  { law: "CCPA", kind: "opt-out", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-optout", ...FILED },
  { law: "CCPA", kind: "automated-decision-review", place: CALIFORNIA, ...ONLINE, rule: "US-CA-CCPA-ADMT" },
  { law: "HIPAA", kind: "access", place: TEXAS, ...HEALTH, rule: "US-HIPAA-access" },
  { law: "HIPAA", kind: "portability", place: TEXAS, ...HEALTH, rule: "US-HIPAA-access" },
  { law: "HIPAA", kind: "correction", place: TEXAS, ...HEALTH, rule: "US-HIPAA-amend" },
  { law: "HIPAA", kind: "restriction", place: TEXAS, ...HEALTH, rule: "US-HIPAA-restrict", ...FILED },
  { law: "HIPAA", kind: "accounting", place: TEXAS, ...HEALTH, rule: "US-HIPAA-accounting", list: "hipaa" },
  { law: "HIPAA", kind: "confidential-communications", place: TEXAS, ...HEALTH, rule: "US-HIPAA-confcomm" },
  {
    law: "NAIC 670",
    kind: "access",
    place: CALIFORNIA,
    rule: "NAIC670-access",
    exempt: { ruleId: "US-CA-CCPA-know", by: "glba-data" },
  },
  { law: "NAIC 670", kind: "correction", place: CALIFORNIA, rule: "NAIC670-correct" },
  { law: "NAIC 670", kind: "erasure", place: CALIFORNIA, rule: "NAIC670-correct" },
  { law: "NAIC 670", kind: "accounting", place: CALIFORNIA, rule: "NAIC670-access", list: "naic-670" },
  { law: "NAIC 670", kind: "automated-decision-review", place: CALIFORNIA, rule: "NAIC670-adverse" },
  { law: "NAIC 670", kind: "decision-reasons", place: CALIFORNIA, rule: "NAIC670-adverse" },
  { law: "NAIC 672", kind: "opt-out", place: TEXAS, rule: "NAIC672-optout" },
  { law: "FCRA", kind: "correction", place: TEXAS, about: "consumer-report", rule: "US-FCRA-dispute" },
  { law: "the law of Montana", kind: "access", place: MONTANA, ...ONLINE, rule: "US-MT-PRIV" },
  { law: "the law of Montana", kind: "portability", place: MONTANA, ...ONLINE, rule: "US-MT-PRIV" },
  { law: "the law of Montana", kind: "correction", place: MONTANA, ...ONLINE, rule: "US-MT-PRIV" },
  { law: "the law of Montana", kind: "erasure", place: MONTANA, ...ONLINE, rule: "US-MT-PRIV" },
  {
    law: "the law of Montana",
    kind: "opt-out",
    place: MONTANA,
    ...ONLINE,
    rule: "US-MT-PRIV",
    beside: "NAIC672-optout",
  },
  // Insurers are outside it as such: the house's own rule counts, and the page says why.
  {
    law: "the house, Virginia's law leaving insurers out,",
    kind: "erasure",
    place: at("US", "VA"),
    ...ONLINE,
    rule: "HOUSE",
    exempt: { ruleId: "US-VA-PRIV", by: "glba-entity" },
  },
  {
    law: "the house, Oregon's law leaving insurers out,",
    kind: "portability",
    place: at("US", "OR"),
    ...ONLINE,
    rule: "HOUSE",
    exempt: { ruleId: "US-OR-PRIV", by: "insurer" },
  },
  { law: "PIPEDA", kind: "access", place: at("CA", "ON"), rule: "CA-PIPEDA-access" },
  { law: "PIPEDA", kind: "correction", place: at("CA", "ON"), rule: "CA-PIPEDA-access" },
  { law: "the law of Quebec", kind: "access", place: QUEBEC, rule: "CA-QC-access", beside: "CA-PIPEDA-access" },
  { law: "the law of Quebec", kind: "correction", place: QUEBEC, rule: "CA-QC-access", beside: "CA-PIPEDA-access" },
  { law: "the law of Quebec", kind: "portability", place: QUEBEC, rule: "CA-QC-access" },
  { law: "LGPD", kind: "access", place: at("BR"), rule: "BR-LGPD-access" },
];

/** What a short run of the suite walks through in the browser: case by case, whichever adds most of what was not walked yet, the first of equals. */
export function sampleOf(cases: readonly RightCase[]): readonly RightCase[] {
  const [walked, sample] = [new Set<string>(), [] as RightCase[]];
  const news = (one: RightCase): number => marksOf(one).filter((mark) => !walked.has(mark)).length;
  for (;;) {
    const most = Math.max(...cases.map(news));
    const next = cases.find((one) => news(one) === most);
    if (most === 0 || next === undefined) return sample;
    sample.push(next);
    for (const mark of marksOf(next)) walked.add(mark);
  }
}

/** The right, the law, the way by which it was asked for, and by what another law leaves it out. */
export function marksOf({ kind, law, isFiled, exempt }: RightCase): readonly string[] {
  return [kind, law, isFiled === true ? "filed" : "in the portal", ...(exempt === undefined ? [] : [exempt.by])];
}
