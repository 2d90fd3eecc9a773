// One policy as the rest of the code sees it: its annotations, checked, and what its scope and conditions speak of.
import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { z } from "zod";
import { classesOf } from "./rule-classes.ts";
import { REMEDY_CODES, type RemedyCode } from "./remedy-codes.ts";

/** Who has read the text a rule rests on: nobody, a secondary source only, the text itself; or it is this platform's own design. */
export type Confirmed = "none" | "secondary" | "text" | "design";
export type Family = "show" | "send";

export interface PolicyRule {
  readonly id: string;
  readonly effect: "permit" | "forbid";
  readonly title: string;
  readonly citation: string;
  readonly confirmed: Confirmed;
  /** The compiler's belief where it is not high. */
  readonly confidence: "medium" | "low" | null;
  /** The row of the rules register (governance/rules) that it encodes. */
  readonly rule: string | null;
  /** The reason code a forbid gives; null for permits. */
  readonly reason: string | null;
  /** What may lift a forbid; empty when nothing does. */
  readonly remedies: readonly RemedyCode[];
  /** Whoever is told this is told nothing that depends on the customer. */
  readonly blind: boolean;
  /** People outside the insurer are not told this. */
  readonly discreet: boolean;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** The role its scope names; null when it concerns all. */
  readonly role: string | null;
  /** What its scope judges; null when it concerns both. */
  readonly family: Family | null;
  /** The data classes that it can match at all; null when it may match any. */
  readonly classes: ReadonlySet<string> | null;
  /** Entities (`Type::id`) and context attributes its conditions speak of. */
  readonly mentions: ReadonlySet<string>;
}

/** The member that wraps an entity in Cedar's JSON. */
const ENTITY = "__entity";

interface Source {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly json: PolicyJson;
}

const annotations = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/, "kebab-case/kebab-case"),
    title: z.string().min(10).max(300),
    citation: z.string().min(5).max(400),
    confirmed: z.enum(["none", "secondary", "text", "design"]),
    confidence: z.enum(["medium", "low"]).optional(),
    rule: z.string().min(1).optional(),
    reason: z
      .string()
      .regex(/^[a-z][a-z-]*$/)
      .optional(),
    remedies: z.string().optional(),
    blind: z.literal("true").optional(),
    discreet: z.literal("true").optional(),
  })
  .strict();

/** The rule, or none and a fault for each annotation that is missing, unknown or misspelt. */
export function rulesOf(source: Source, faults: string[]): PolicyRule[] {
  const { file, line, text, json } = source;
  const parsed = annotations.safeParse(json.annotations ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${file}:${line}: @${issue.path.join(".")}: ${issue.message}`);
    return [];
  }
  const notes = parsed.data;
  const before = faults.length;
  const forbids = json.effect === "forbid";
  if (forbids !== (notes.reason !== undefined))
    faults.push(`${file}:${line}: @reason stands on every forbid and on no permit`);
  if (forbids !== (notes.remedies !== undefined))
    faults.push(`${file}:${line}: @remedies stands on every forbid and on no permit`);
  if (!forbids && (notes.blind ?? notes.discreet) !== undefined)
    faults.push(`${file}:${line}: @blind and @discreet stand on forbids only`);
  if (notes.confirmed !== "design" && notes.rule === undefined)
    faults.push(`${file}:${line}: @rule is missing for what is not our own design`);
  if (notes.blind !== undefined && !judgesAllForms(json))
    faults.push(`${file}:${line}: @blind stands on rules about all of Action::"show"`);
  const remedies = remediesOf(notes.remedies);
  if (remedies === null) faults.push(`${file}:${line}: @remedies holds an unknown remedy`);
  if (faults.length > before || remedies === null) return [];
  return [
    {
      id: notes.id,
      effect: json.effect,
      title: notes.title,
      citation: notes.citation,
      confirmed: notes.confirmed,
      confidence: notes.confidence ?? null,
      rule: notes.rule ?? null,
      reason: notes.reason ?? null,
      remedies,
      blind: notes.blind === "true",
      discreet: notes.discreet === "true",
      file,
      line,
      text,
      role: roleOf(json),
      family: familyOf(json),
      classes: classesOf(json),
      mentions: mentionsOf(json),
    },
  ];
}

function remediesOf(words: string | undefined): RemedyCode[] | null {
  if (words === undefined || words === "none") return [];
  const codes = words.split(" ");
  const known = codes.filter((code): code is RemedyCode => REMEDY_CODES.some((remedy) => remedy === code));
  return known.length === codes.length ? known : null;
}

function roleOf(json: PolicyJson): string | null {
  const scope = json.principal;
  return scope.op === "==" && "entity" in scope ? (uidOf(scope.entity)?.id ?? null) : null;
}

function familyOf(json: PolicyJson): Family | null {
  const scope = json.action;
  if (scope.op === "All") return null;
  const named = "entities" in scope ? scope.entities : "entity" in scope ? [scope.entity] : [];
  const families = new Set(named.map((entity) => uidOf(entity)?.id.split("-")[0]));
  if (families.size !== 1) return null;
  const [family] = families;
  return family === "show" || family === "send" ? family : null;
}

function judgesAllForms({ action }: PolicyJson): boolean {
  return action.op === "All" || (action.op === "in" && "entity" in action && uidOf(action.entity)?.id === "show");
}

function mentionsOf(json: PolicyJson): Set<string> {
  const found = new Set<string>();
  collect(json.conditions, found);
  return found;
}

/** Walks Cedar's JSON: `{ ".": { left: { Var: "context" }, attr } }` and `{ Value: { __entity: { type, id } } }`. */
function collect(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collect(item, found);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const entity = key === ENTITY ? uidOf(value) : null;
    if (entity !== null) found.add(`${entity.type}::${entity.id}`);
    else if (key === "attr" && typeof value === "string") found.add(value);
    else collect(value, found);
  }
}

const uid = z.object({ type: z.string(), id: z.string() });
const entityUid = z.union([z.object({ [ENTITY]: uid }).transform((wrapped) => wrapped[ENTITY]), uid]);

/** Cedar writes an entity as itself or wrapped. Null for what only looks like one: a record may have a member of that name. */
function uidOf(entity: unknown): { type: string; id: string } | null {
  return entityUid.safeParse(entity).data ?? null;
}
