// What somebody types of an authorization, and what is sent of it. Pure.
import type { AskingOf } from "../../shared/ask.ts";

type Body = AskingOf<"recordAuthorization">["body"];
export type Signed = NonNullable<Body["signed"]>;
export type GrantedTo = Body["recipients"][number]["type"];

export interface Draft {
  readonly form: string | null;
  readonly classes: readonly Body["classes"][number][];
  readonly purposes: readonly Body["purposes"][number][];
  readonly recipients: readonly GrantedTo[];
  /** Empty: all policies and claims. */
  readonly unitIds: readonly string[];
  /** What only a reader can tell: needs the records that it leaves. */
  readonly bodyParts: string;
  readonly servicesFrom: string;
  readonly servicesTo: string;
  readonly recordIds: readonly string[];
  /** Days as a field of dates gives them; empty: not said. */
  readonly signed: string;
  readonly expires: string;
  readonly representationId: string | null;
  readonly documentId: string | null;
  readonly elements: readonly string[];
}

export function blankDraft(): Draft {
  return {
    form: null,
    classes: [],
    purposes: [],
    recipients: [],
    unitIds: [],
    bodyParts: "",
    servicesFrom: "",
    servicesTo: "",
    recordIds: [],
    signed: "",
    expires: "",
    representationId: null,
    documentId: null,
    elements: [],
  };
}

/** The first instant of a day where the reader is; today, which has begun, as it is now. */
function dayStart(day: string): string {
  const start = new Date(`${day}T00:00:00`);
  return start.toISOString();
}

/** The last second of a day where the reader is. */
export function dayEnd(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}

/** Null as long as it names no paper and no day. */
export function signedOf({ documentId, signed, representationId, elements }: Draft): Signed | null {
  if (documentId === null || signed === "") return null;
  const by = representationId === null ? {} : { representationId };
  return { documentId, signedAt: dayStart(signed), elements: [...elements], ...by };
}

export function termsOf(draft: Draft): Omit<Body, "signed"> | null {
  const { form, classes, purposes, recipients, unitIds, recordIds, expires } = draft;
  if (form === null) return null;
  return {
    form,
    classes: [...classes],
    purposes: [...purposes],
    recipients: recipients.map((type) => ({ type })),
    ...(unitIds.length === 0 ? {} : { unitIds: [...unitIds] }),
    ...(recordIds.length === 0 ? {} : { recordIds: [...recordIds] }),
    ...(expires === "" ? {} : { expiresAt: dayEnd(expires) }),
    ...narrowingOf(draft),
  };
}

function narrowingOf({ bodyParts, servicesFrom, servicesTo }: Draft): Pick<Body, "narrowing"> {
  const parts = bodyParts
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length === 0 && servicesFrom === "" && servicesTo === "") return {};
  const dates = { servicesFrom: servicesFrom || null, servicesTo: servicesTo || null };
  return { narrowing: { bodyParts: parts, diagnoses: [], ...dates } };
}
