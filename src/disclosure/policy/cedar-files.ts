// Parses the Cedar files into rules with their annotations, and validates them strictly; every fault is named by file and line.
import {
  policySetTextToParts,
  policyToJson,
  validate,
  type DetailedError,
  type PolicyJson,
} from "@cedar-policy/cedar-wasm/nodejs";
import { assertShallow, guarded } from "./cedar-guard.ts";
import { PolicyError } from "./errors.ts";
import { lineAtByte, type PolicyFile } from "./policy-files.ts";
import { rulesOf, type PolicyRule } from "./rule.ts";

/** All rules of all files, in the order of files and lines. Throws PolicyError. */
export function readRules(files: readonly PolicyFile[], schema: string): PolicyRule[] {
  const faults: string[] = [];
  const rules = files.filter((file) => file.name.endsWith(".cedar")).flatMap((file) => rulesOfFile(file, faults));
  faults.push(...repeatedIds(rules));
  if (faults.length > 0) throw new PolicyError(faults);
  const broken = validationFaults(rules, schema);
  if (broken.length > 0) throw new PolicyError(broken);
  return rules;
}

/** Templates are refused: every policy is written out. */
function rulesOfFile(file: PolicyFile, faults: string[]): PolicyRule[] {
  assertShallow(file);
  const parts = guarded(file, () => policySetTextToParts(file.text));
  if (parts.type === "failure") {
    faults.push(...parts.errors.map((error) => faultAt(file, 0, error)));
    return [];
  }
  for (const text of parts.policy_templates) {
    faults.push(`${file.name}:${lineOf(file, text)}: is a template; write the policy out`);
  }
  return parts.policies
    .map((text) => ({ text, line: lineOf(file, text) }))
    .sort((left, right) => left.line - right.line)
    .flatMap(({ text, line }) => rulesOf({ file: file.name, line, text, json: jsonOf(file, text) }, faults));
}

function jsonOf(file: PolicyFile, text: string): PolicyJson {
  const answer = guarded(file, () => policyToJson(text));
  // The text was parsed a moment ago, so this can only be a fault of the library.
  if (answer.type === "failure") throw new PolicyError(answer.errors.map((error) => error.message));
  return answer.json;
}

/** INVARIANT: warnings count as faults. A policy that can never apply is one that its author misread. */
function validationFaults(rules: readonly PolicyRule[], schema: string): string[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const staticPolicies = Object.fromEntries(rules.map((rule) => [rule.id, rule.text]));
  const answer = guarded({ name: "schema.cedarschema" }, () =>
    validate({ validationSettings: { mode: "strict" }, schema, policies: { staticPolicies } }),
  );
  if (answer.type === "failure") return answer.errors.map((error) => `schema.cedarschema: ${error.message}`);
  return [...answer.validationErrors, ...answer.validationWarnings].map(({ policyId, error }) => {
    const rule = byId.get(policyId);
    return rule === undefined ? error.message : faultAt({ name: rule.file, text: rule.text }, rule.line - 1, error);
  });
}

function faultAt(file: PolicyFile, linesBefore: number, error: DetailedError): string {
  const at = error.sourceLocations?.[0];
  const line = linesBefore + (at === undefined ? 1 : lineAtByte(file.text, at.start));
  const label = at?.label === undefined || at.label === null ? "" : ` (${at.label})`;
  return `${file.name}:${line}: ${error.message}${label}`;
}

function lineOf(file: PolicyFile, part: string): number {
  const at = Math.max(0, file.text.indexOf(part));
  return lineAtByte(file.text, Buffer.byteLength(file.text.slice(0, at)));
}

function repeatedIds(rules: readonly PolicyRule[]): string[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) => {
    if (seen.has(rule.id)) return [`${rule.file}:${rule.line}: the id ${rule.id} stands twice`];
    seen.add(rule.id);
    return [];
  });
}
