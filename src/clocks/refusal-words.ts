// Grounds of refusal in the words that customers read: governance/rules/refusal-words.yaml, one of each code that a rule names and of no other.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import type { RightsRule } from "./rule.ts";

const text = z.string().min(1).max(300);
const words = strictYaml({ en: text, es: text, de: text });
export type RefusalWords = z.infer<typeof words>;
const schema = strictYaml({ version: z.literal(1), grounds: z.record(z.string().regex(/^[a-z][a-z-]{2,40}$/), words) });

const FILE = "refusal-words.yaml";
const SHOWN = `governance/rules/${FILE}`;

/** `folder` is governance/rules. */
export function loadRefusalWords(
  folder: string,
  rules: Iterable<RightsRule>,
): { readonly words: ReadonlyMap<string, RefusalWords>; readonly faults: readonly string[] } {
  const read = readGovernedYaml(join(folder, FILE), SHOWN, schema);
  if (!read.ok) return { words: new Map(), faults: read.faults };
  const { content, faultAt } = read.file;
  const found = new Map(Object.entries(content.grounds));
  const codes = new Set([...rules].flatMap(({ refusals }) => refusals.map(({ code }) => code)));
  const missing = [...codes]
    .filter((code) => !found.has(code))
    .map((code) => faultAt(["grounds"], `"${code}" is missing`));
  const extra = [...found.keys()].filter((code) => !codes.has(code));
  return { words: found, faults: [...missing, ...extra.map((code) => faultAt(["grounds", code], "no rule names it"))] };
}
