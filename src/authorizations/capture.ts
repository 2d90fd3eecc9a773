// Whether what was given is an authorization: all elements of its form, within its reach, about the customer's own units and records.
import type { RecipientType } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { AuthorizationsContext } from "./context.ts";
import { AuthorizationError } from "./errors.ts";
import { type AuthorizationForm, coversSpecialHealth, type FormElement } from "./forms.ts";
import { maySignFor, type SignedFor } from "./signer.ts";

export interface Narrowing {
  readonly bodyParts: readonly string[];
  readonly diagnoses: readonly string[];
  readonly servicesFrom: string | null;
  readonly servicesTo: string | null;
}

/** How far it is to reach. */
export interface AuthorizationTerms {
  readonly form: string;
  readonly classes: readonly DataClass[];
  readonly recipients: readonly { readonly type: RecipientType; readonly recipientId: Uuid | null }[];
  readonly purposes: readonly Purpose[];
  readonly unitIds: readonly Uuid[] | null;
  readonly recordIds: readonly Uuid[] | null;
  readonly narrowing: Narrowing | null;
  /** Now, when null. */
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
}

/** What shows that it was signed. */
export interface Evidence {
  /** Null where it was signed in the portal. */
  readonly documentId: Uuid | null;
  readonly representationId: Uuid | null;
  readonly signedAt: Date;
  /** Statements of the form that stand on the paper. */
  readonly elements: readonly string[];
}

function formOf({ forms }: Pick<AuthorizationsContext, "forms">, name: string): AuthorizationForm {
  const form = forms.get(name);
  if (form === undefined) throw new AuthorizationError("unknown-form");
  return form;
}

/** Throws AuthorizationError `unknown-form`, `beyond-form`, `bad-period`, `not-narrowed`, `unknown-unit`. */
export async function checkTerms(
  context: Pick<AuthorizationsContext, "forms" | "clock" | "vault" | "jurisdictionOf">,
  customerId: Uuid,
  terms: AuthorizationTerms,
): Promise<void> {
  const form = formOf(context, terms.form);
  const types = terms.recipients.map(({ type }) => type);
  const beyond = [
    ...outside("classes", terms.classes, form.classes),
    ...outside("purposes", terms.purposes, form.purposes),
    ...outside("recipients", types, form.recipients),
  ];
  if (beyond.length > 0) throw new AuthorizationError("beyond-form", beyond.join(", "));
  const now = context.clock.now();
  const { startsAt, expiresAt } = terms;
  if (expiresAt !== null && (expiresAt <= now || expiresAt <= (startsAt ?? now)))
    throw new AuthorizationError("bad-period");
  if (terms.narrowing !== null && terms.recordIds === null) throw new AuthorizationError("not-narrowed");
  await checkPlaces(context, customerId, { form, terms });
}

function outside(what: string, asked: readonly string[], allowed: readonly string[] | null): string[] {
  const left = allowed === null ? [] : asked.filter((one) => !allowed.includes(one));
  return left.length === 0 ? [] : [`${what} (${left.join(" ")})`];
}

async function checkPlaces(
  { vault, jurisdictionOf }: Pick<AuthorizationsContext, "vault" | "jurisdictionOf">,
  customerId: Uuid,
  { form, terms }: { readonly form: AuthorizationForm; readonly terms: AuthorizationTerms },
): Promise<void> {
  const { unitIds, recordIds, classes } = terms;
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const units = new Set(subject?.units.map(({ header }) => header.unitId));
  const records = await Promise.all((recordIds ?? []).map((recordId) => vault.loadRecords([customerId], { recordId })));
  if ((unitIds ?? []).some((id) => !units.has(id)) || records.some((found) => found.length === 0))
    throw new AuthorizationError("unknown-unit");
  // What would cover nothing is not taken, so that nobody believes that it does. Psychotherapy notes have a form of their own.
  const held = (subject?.units ?? []).filter(({ header }) => unitIds === null || unitIds.includes(header.unitId));
  const isReached = held.some(({ header }) => coversSpecialHealth(form, jurisdictionOf(header.entity)));
  if (classes.includes(SPECIAL) && !form.psychotherapyNotes && !isReached)
    throw new AuthorizationError("beyond-form", `classes (${SPECIAL})`);
}

const SPECIAL: DataClass = "specially-protected-health";

/** Throws AuthorizationError `elements-missing`, `bad-period`, `unknown-document`, `unknown-representative`. */
export async function checkEvidence(
  context: Pick<AuthorizationsContext, "access" | "forms" | "clock" | "vault" | "authorityToSign" | "isSealedHere">,
  customerId: Uuid,
  terms: Pick<AuthorizationTerms, "form" | "classes" | "recipients" | "purposes" | "expiresAt"> & SignedFor,
  evidence: Evidence,
): Promise<void> {
  const form = formOf(context, terms.form);
  const { documentId, representationId, signedAt } = evidence;
  const missing = form.elements.filter((element) => !isThere(element, terms, evidence)).map(({ id }) => id);
  if (missing.length > 0) throw new AuthorizationError("elements-missing", missing.join(", "));
  if (signedAt > context.clock.now() || (terms.expiresAt ?? signedAt) > monthsAfter(signedAt, form.monthsMax))
    throw new AuthorizationError("bad-period", `${form.monthsMax} months`);
  if (representationId !== null && !(await maySignFor(context, customerId, { representationId, terms })))
    throw new AuthorizationError("unknown-representative");
  if (documentId === null) return;
  const [document] = await context.vault.loadRecords([customerId], { recordId: documentId });
  // INVARIANT: what is rested on is kept where nobody can exchange it: the paper itself, and not a word that there is one.
  if (document?.record.recordType !== "document" || !(await context.isSealedHere(customerId, documentId)))
    throw new AuthorizationError("unknown-document");
}

type Given = Pick<AuthorizationTerms, "classes" | "recipients" | "purposes" | "expiresAt">;

function isThere({ id, is }: FormElement, given: Given, evidence: Evidence): boolean {
  switch (is) {
    case "classes":
      return given.classes.length > 0;
    case "recipients":
      return given.recipients.length > 0;
    case "purposes":
      return given.purposes.length > 0;
    case "expiry":
      return given.expiresAt !== null;
    // Who signed and by what right is checked where it is looked up.
    case "signature":
    case "authority":
      return true;
    case undefined:
      return evidence.elements.includes(id);
  }
}

/** The same day of the month, or its last (Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c)). */
function monthsAfter(from: Date, months: number): Date {
  const end = new Date(from);
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== from.getUTCDate()) end.setUTCDate(0);
  return end;
}
