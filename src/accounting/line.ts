// One line of a list, read off an entry: what was shown of this customer, to whom, why. Pure.
import type { Uuid } from "../kernel/bytes.ts";
import { FORMS, type Form, type Role } from "../kernel/vocabulary.ts";
import type { OpenedEntry } from "../ledger/ledger.ts";
import type { AccountingRules, LawRules } from "./rules.ts";

type Detail = OpenedEntry["detail"];

export interface LineField {
  readonly path: string;
  /** `used`: by the server itself, such as an address for a letter, and shown to nobody. */
  readonly form: Exclude<Form, "denied"> | "used";
}

/** What a customer who asked was to this one, where the entry says so. */
export type AskedAs = "individual" | "another" | null;

export interface LineFacts {
  /** As the entry itself says it: the actor's then. */
  readonly role: string | null;
  readonly recipientType: string | null;
  readonly fields: readonly LineField[];
  /** The client through which a person acted. */
  readonly via: string | null;
  readonly askedAs: AskedAs;
}

export function factsOf({ detail }: Pick<OpenedEntry, "detail">, customerId: Uuid): LineFacts {
  const recipientType = textIn(detail, "recipientType");
  return {
    role: textIn(detail, "role"),
    recipientType: recipientType === "none" ? null : recipientType,
    fields: fieldsIn(detail, customerId),
    via: textIn(detail, "via"),
    askedAs: askedAsIn(detail),
  };
}

/** A personal representative stands as the individual does (45 CFR 164.502(g)). */
function askedAsIn(detail: Detail): AskedAs {
  const [relationship] = listIn(detail, "inputs").map((input) => memberOf(input, "relationship"));
  if (relationship === undefined || relationship === "none") return null;
  return ["self", "representative", "guardian"].includes(String(relationship)) ? "individual" : "another";
}

function fieldsIn(detail: Detail, customerId: Uuid): LineField[] {
  if (detail["kind"] === "masked-view") return listIn(detail, "fields").flatMap((path) => field(path, "masked"));
  if ("ownUse" in detail) return once(listIn(detail, "used").flatMap((one) => field(memberOf(one, "path"), "used")));
  const part = listIn(detail, "customers").find((one) => memberOf(one, "customer") === customerId);
  return once(listOf(memberOf(part, "fields")).flatMap((one) => field(memberOf(one, "path"), memberOf(one, "form"))));
}

function field(path: unknown, form: unknown): LineField[] {
  if (typeof path !== "string" || form === "denied") return [];
  const known = form === "used" ? form : FORMS.find((name) => name === form);
  return known === undefined || known === "denied" ? [] : [{ path, form: known }];
}

/** A field of several records is one field of the list, in the form that showed most. */
function once(fields: readonly LineField[]): LineField[] {
  const rank = ({ form }: LineField): number => (form === "used" ? -1 : FORMS.indexOf(form));
  const best = new Map<string, LineField>();
  for (const one of fields) {
    const known = best.get(one.path);
    if (known === undefined || rank(one) < rank(known)) best.set(one.path, one);
  }
  return [...best.values()];
}

export interface Told {
  readonly entry: OpenedEntry;
  readonly facts: LineFacts;
}

/** Whether the individual asked, or whoever stands as they do. */
type Asker = { readonly isSelf: boolean };

/** Whether something left the insurer: to a recipient, or by being shown to whoever stands for another organisation. */
export function isOutside({ outsiders }: AccountingRules, { entry, facts }: Told): boolean {
  const { recipientType, role } = facts;
  if (recipientType !== null) return recipientType !== "individual";
  // Somebody else of the family is outside, too.
  if (role === "policyholder") return true;
  return entry.recipientId !== null || outsiders.some((name: Role) => name === role);
}

/** 45 CFR 164.528(a)(1)(ii): what was shown to the individual is no line of it; nor is what nobody saw. */
export function countsUnder(rules: AccountingRules, law: LawRules, told: Told, { isSelf }: Asker): boolean {
  const { purpose, basis, outcome } = told.entry;
  if (isSelf || (outcome !== "allowed" && outcome !== "partial")) return false;
  const { purposes, bases, unlessBases } = law.leftOut;
  if (purpose === null || (basis !== null && bases.includes(basis))) return false;
  if (purposes.includes(purpose) && (basis === null || !unlessBases.includes(basis))) return false;
  return law.recipients === "all" || isOutside(rules, told);
}

export function countsInTimeline({ timeline }: AccountingRules, { entry }: Told, { isSelf }: Asker): boolean {
  if (!timeline.shown || (isSelf && !timeline.ownAccess)) return false;
  return timeline.refused || entry.outcome !== "denied";
}

/** Members that say nothing of anybody but the customer, the asker's role, and the decision. */
const OPENED: ReadonlySet<string> = new Set(
  (
    "v entryId kind at outcome actor customer recipient purpose basis classes withheld role ownRole actorRevision policyRevision wanted standardView " +
    "recipientType justification origins customers inputs ownUse serves used asked records fields entry"
  ).split(" "),
);

/**
 * Whether the customer may have the whole of what an entry commits to. INVARIANT: not where it names other customers, holds words of staff or what the watch
 * found, or tells of a flag that its subject is not told of (governance/policies/flags.cedar, `discreet`).
 */
export function mayBeOpened({ entry: { detail } }: Told, customerId: Uuid): boolean {
  if (Object.keys(detail).some((key) => !OPENED.has(key))) return false;
  if (detail["justification"] != null && !isOwnReason(detail)) return false;
  if (listIn(detail, "customers").some((one) => memberOf(one, "customer") !== customerId)) return false;
  return listIn(detail, "inputs").every((input) => !/\b(?:vip|employee)\b/.test(String(memberOf(input, "on"))));
}

/** Where a customer asked, the reason is the portal's own sentence. */
function isOwnReason(detail: Detail): boolean {
  return detail["role"] === "policyholder";
}

function textIn(detail: Detail, name: string): string | null {
  const value = detail[name];
  return typeof value === "string" ? value : null;
}

function listIn(detail: Detail, name: string): readonly unknown[] {
  return listOf(detail[name]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
