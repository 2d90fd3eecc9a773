// Stands before Cedar's compiled parser, which breaks, and stays broken for the whole process, on what nests deeper than its stack.
import { PolicyError } from "./errors.ts";
import type { PolicyFile } from "./policy-files.ts";

const NESTING_MAX = 50;
const TOKEN = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|[([{<]|[)\]}>]|\n/g;

/** Throws PolicyError naming the line from which on the text is nested too deeply. Brackets in strings and comments do not count. */
export function assertShallow(file: PolicyFile): void {
  // `Set<Set<Bool>>` of a schema; in a policy these are comparisons.
  const [opening, closing] = file.name.endsWith(".cedarschema") ? ["([{<", ")]}>"] : ["([{", ")]}"];
  let depth = 0;
  let line = 1;
  for (const [token] of file.text.matchAll(TOKEN)) {
    if (token === "\n") line += 1;
    else if (opening.includes(token)) depth += 1;
    else if (closing.includes(token)) depth -= 1;
    if (depth > NESTING_MAX) throw new PolicyError([`${file.name}:${line}: nested more than ${NESTING_MAX} deep`]);
  }
}

/** Runs Cedar. What it throws is no answer about a policy: the policies are refused, and with them the start. */
export function guarded<Answer>(file: Pick<PolicyFile, "name">, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (cause) {
    throw new PolicyError([`${file.name}:1: the policy language's own parser failed on it`], { cause });
  }
}
