// Which checks the place of the issuer asks for, kind by kind, against the place of the company.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { checksOf } from "./checks.ts";
import type { DemandContent } from "./demand-row.ts";
import { loadDemandRules } from "./rules.ts";

const rules = loadDemandRules(join(import.meta.dirname, "..", "..", "governance", "sharing"));
const KINDS = rules.kinds.map(({ kind }) => kind);
const OF_PLACE = ["domesticated", "gdpr-48", "ca-cmia"];
const CIVIL = ["court-order", "subpoena"];
const PROCESS = [...CIVIL, "grand-jury-subpoena", "search-warrant", "administrative-demand"];

interface Case {
  readonly held: string;
  readonly issuer: string;
  /** By check, the kinds that ask it. */
  readonly asked: Readonly<Record<string, readonly string[]>>;
}

/** Of health information in the health line. */
const CASES: readonly Case[] = [
  { held: "US-NY", issuer: "US-NY", asked: {} },
  { held: "US-NY", issuer: "US-NJ", asked: { domesticated: CIVIL } },
  { held: "US-NY", issuer: "US", asked: {} },
  { held: "US-NY", issuer: "DE", asked: { domesticated: CIVIL } },
  // Of which state is not known: it may be any.
  { held: "US", issuer: "US-NY", asked: { domesticated: CIVIL, "ca-cmia": PROCESS } },
  { held: "US-CA", issuer: "US-TX", asked: { domesticated: CIVIL, "ca-cmia": PROCESS } },
  { held: "US-CA", issuer: "US-CA", asked: {} },
  { held: "US-CA", issuer: "US", asked: { "ca-cmia": PROCESS } },
  { held: "EU", issuer: "US-NY", asked: { "gdpr-48": [...PROCESS, "regulator-exam"] } },
  { held: "DE", issuer: "GB", asked: { "gdpr-48": [...PROCESS, "regulator-exam"] } },
  { held: "DE", issuer: "FR", asked: {} },
  { held: "EU", issuer: "NO", asked: {} },
  // The United Kingdom has left out Art. 48.
  { held: "GB", issuer: "US-NY", asked: {} },
];

function askedOf(kind: string, { held, issuer }: Case, changed: Partial<DemandContent> = {}): string[] {
  const part = { customerId: "", classes: ["health"], unitIds: null, recordIds: null };
  const content = { kind, jurisdiction: issuer, produced: [part], lines: ["health"], entities: ["acme"], checks: [] };
  const demand = { ...content, ...changed } as unknown as DemandContent;
  return checksOf({ rules, jurisdictionOf: () => held }, demand).map(({ check }) => check.id);
}

test("the place of the issuer against that of the company asks for domestication, for Art. 48, for the Californian bar", () => {
  for (const one of CASES)
    for (const kind of KINDS) {
      const expected = OF_PLACE.filter((check) => one.asked[check]?.includes(kind));
      const asked = askedOf(kind, one).filter((check) => OF_PLACE.includes(check));
      assert.deepEqual(asked, expected, `${kind}, held in ${one.held}, issued in ${one.issuer}`);
    }
});

test("the Californian bar is asked of health information alone; of two companies the stricter place counts", () => {
  const texas: Case = { held: "US-CA", issuer: "US-TX", asked: {} };
  const part = { customerId: "", classes: ["identity"], unitIds: null, recordIds: null };
  const identity = { produced: [part] } as unknown as Partial<DemandContent>;
  assert.ok(!askedOf("subpoena", texas, identity).includes("ca-cmia"));
  const both = { kind: "subpoena", jurisdiction: "US-NY", produced: [part], lines: ["auto"], checks: [] };
  const demand = { ...both, entities: ["home", "abroad"] } as unknown as DemandContent;
  const at = (entity: string): string => (entity === "home" ? "US-NY" : "DE");
  assert.ok(checksOf({ rules, jurisdictionOf: at }, demand).some(({ check }) => check.id === "gdpr-48"));
});
