// What somebody types of a demand, and what is sent of it. Pure.
import type { AskingOf } from "../../shared/ask.ts";

type Body = AskingOf<"takeInDemand">["body"];

export interface DemandDraft {
  readonly kind: string | null;
  readonly issuer: string;
  readonly reference: string;
  readonly jurisdiction: string;
  readonly recipient: string | null;
  /** In the register of third parties; null: any of that kind. */
  readonly recipientId: string | null;
  /** Days as a field of dates gives them; empty: not said. */
  readonly received: string;
  readonly due: string;
  readonly from: string;
  readonly to: string;
  /** Ids, with whatever stands between them. */
  readonly customers: string;
  readonly classes: readonly Body["named"][number]["classes"][number][];
  /** Of the only customer; empty: all. */
  readonly unitIds: readonly string[];
  readonly documentId: string | null;
}

const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

export function blankDemand(): DemandDraft {
  const days = { received: "", due: "", from: "", to: "" };
  const sender = { kind: null, issuer: "", reference: "", jurisdiction: "", recipient: null, recipientId: null };
  return { ...sender, ...days, customers: "", classes: [], unitIds: [], documentId: null };
}

export function customersIn({ customers }: DemandDraft): readonly string[] {
  return [...new Set(customers.match(ID) ?? [])];
}

/** ISO 3166. */
export function isJurisdiction(text: string): boolean {
  return /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(text.trim());
}

type Needed = "kind" | "issuer" | "reference" | "jurisdiction" | "recipient" | "received" | "customers" | "classes";

/** What is missing or not right, in the order of the form. */
export function lacksOf(draft: DemandDraft): readonly (Needed | "documentId")[] {
  const isLacking: Readonly<Record<Needed | "documentId", boolean>> = {
    kind: draft.kind === null,
    issuer: draft.issuer.trim() === "",
    reference: draft.reference.trim() === "",
    jurisdiction: !isJurisdiction(draft.jurisdiction),
    recipient: draft.recipient === null,
    received: draft.received === "",
    customers: customersIn(draft).length === 0,
    classes: draft.classes.length === 0,
    documentId: draft.documentId === null,
  };
  return (Object.keys(isLacking) as (Needed | "documentId")[]).filter((name) => isLacking[name]);
}

/** Null as long as it is not whole. */
export function bodyOf(draft: DemandDraft): Body | null {
  const { kind, recipient, recipientId, documentId, classes, unitIds, received, due, from, to } = draft;
  const [issuer, reference, jurisdiction] = [draft.issuer.trim(), draft.reference.trim(), draft.jurisdiction.trim()];
  const customers = customersIn(draft);
  const [first] = customers;
  if (lacksOf(draft).length > 0) return null;
  if (kind === null || recipient === null || documentId === null || first === undefined) return null;
  const units = customers.length === 1 && unitIds.length > 0 ? { unitIds: [...unitIds] } : {};
  const period = { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
  return {
    kind,
    issuer,
    reference,
    jurisdiction,
    recipient: { type: recipient as Body["recipient"]["type"], ...(recipientId === null ? {} : { recipientId }) },
    receivedAt: new Date(`${received}T00:00:00`).toISOString(),
    ...(due === "" ? {} : { dueAt: new Date(`${due}T23:59:59`).toISOString() }),
    document: { customerId: first, recordId: documentId },
    ...(from === "" && to === "" ? {} : { period }),
    named: customers.map((customerId) => ({ customerId, classes: [...classes], ...units })),
  };
}
