// All rules of rights, read from governance/rules/rights-*.yaml and held to one another.
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { readGovernedYaml } from "../kernel/governed-yaml.ts";
import { loadRefusalWords, type RefusalWords } from "./refusal-words.ts";
import { ClocksError } from "./errors.ts";
import { HOUSE_RULE, RIGHT_KINDS, rightsFile, type RightsRule } from "./rule.ts";

export interface Rulebook {
  readonly all: readonly RightsRule[];
  readonly house: RightsRule;
  /** Undefined where the rule has gone since it was named. */
  find(id: string): RightsRule | undefined;
  /** Undefined for a code that no rule names any more. */
  words(code: string): RefusalWords | undefined;
}

/** `folder` is governance/rules. Throws ClocksError `bad-rules`, naming file and line. */
export function loadRulebook(folder: string): Rulebook {
  const rules = new Map<string, RightsRule>();
  const faults: string[] = [];
  for (const path of globSync(join(folder, "rights-*.yaml")).toSorted()) {
    const read = readGovernedYaml(path, `governance/rules/${basename(path)}`, rightsFile);
    if (!read.ok) faults.push(...read.faults);
    else
      for (const [at, rule] of read.file.content.rules.entries()) {
        const fault = faultOf(rule, rules);
        if (fault !== null) faults.push(read.file.faultAt(["rules", at, "id"], fault));
        rules.set(rule.id, rule);
      }
  }
  const house = rules.get(HOUSE_RULE);
  if (house === undefined) faults.push(`governance/rules: the rule ${HOUSE_RULE} is missing`);
  else if (!RIGHT_KINDS.every((kind) => house.kinds.includes(kind)) || house.response.value === undefined)
    faults.push(`governance/rules: the rule ${HOUSE_RULE} has to name every kind and a period`);
  const { words, faults: more } = loadRefusalWords(folder, rules.values());
  // What is wrong with a rule comes first: its grounds may be unknown for that.
  if (faults.length === 0) faults.push(...more);
  if (faults.length > 0 || house === undefined) throw new ClocksError("bad-rules", { faults });
  return { all: [...rules.values()], house, find: (id) => rules.get(id), words: (code) => words.get(code) };
}

function faultOf(rule: RightsRule, others: ReadonlyMap<string, RightsRule>): string | null {
  if (others.has(rule.id)) return `"${rule.id}" stands twice`;
  const codes = rule.refusals.map(({ code }) => code);
  if (new Set(codes).size !== codes.length) return `a ground for refusal of "${rule.id}" stands twice`;
  // Rules for states of several countries would not say whose.
  if (rule.reach.states !== undefined && rule.reach.countries?.length !== 1)
    return `"${rule.id}" names states, so it names one country`;
  return null;
}
