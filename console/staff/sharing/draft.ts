// What somebody is about to send, as they fill it in, and the questions to the server that come of it.
import * as vocabulary from "../../../contract/vocabulary.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";

export type Flow = AnswerOf<"listFlows">["items"][number];
type Preview = AskingOf<"previewPackage">["body"];
type Request = AskingOf<"makePackage">["body"];
export type Form = Request["wanted"][number]["form"];

export interface Draft {
  readonly recipientId: string | null;
  /** A recurring flow by its name; null: fields of one's own. */
  readonly flow: string | null;
  readonly purpose: Request["purpose"] | null;
  readonly basis: NonNullable<Request["basis"]>;
  readonly form: Form;
  readonly fields: readonly string[];
  /** As typed: a customer a line, behind it a policy or claim. */
  readonly about: string;
  readonly reason: string;
  /** By the name of what is attested: the reference, or the documents as typed; empty where nothing is wanted. */
  readonly attested: Readonly<Record<string, string>>;
  readonly delivery: Request["delivery"];
  readonly format: NonNullable<Request["format"]>;
  readonly mayDownload: boolean;
  readonly lifetimeHours: number;
}

export const LIFETIMES_HOURS = [24, 72, 168, 720] as const;
export const REASON_MIN = 10;
/** As many as the server previews at once, and as many as it takes into one package. */
export const PREVIEWED_MAX = 50;
export const CUSTOMERS_MAX = 200;

export function emptyDraft(recipientId: string | null, customerId: string | null): Draft {
  return {
    recipientId,
    flow: null,
    purpose: null,
    basis: "role-duty",
    form: "clear",
    fields: [],
    about: customerId ?? "",
    reason: "",
    attested: {},
    delivery: "key",
    format: "json",
    mayDownload: false,
    lifetimeHours: 72,
  };
}

/** What an address says of it: members of closed lists, which may be none of them. */
export type Ground = Readonly<Record<string, string>>;

export function grounded(draft: Draft, { basis: said, purpose: meant }: Ground): Draft {
  const basis = vocabulary.basis.options.find((one) => one === said) ?? draft.basis;
  return { ...draft, basis, purpose: vocabulary.purpose.options.find((one) => one === meant) ?? draft.purpose };
}

const ID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi;

export interface About {
  readonly customerId: string;
  readonly workContext?: { readonly unitId: string };
}

/** Each customer once, with the unit that stands behind them. */
export function aboutOf(typed: string): About[] {
  const found = new Map<string, About>();
  for (const line of typed.split("\n")) {
    const [customerId, unitId] = (line.match(ID) ?? []).map((id) => id.toLowerCase());
    if (customerId === undefined) continue;
    found.set(customerId, { customerId, ...(unitId === undefined ? {} : { workContext: { unitId } }) });
  }
  return [...found.values()];
}

function reasonOf({ reason }: Draft): { readonly justification?: string } {
  const said = reason.trim();
  return said.length < REASON_MIN ? {} : { justification: said };
}

/** null while it is not whole. */
export function questionOf(draft: Draft): Preview | null {
  const { recipientId, purpose, basis, form, fields } = draft;
  const customers = aboutOf(draft.about);
  if (recipientId === null || purpose === null || fields.length === 0 || !isWithin(customers.length)) return null;
  return { recipientId, purpose, basis, wanted: [{ form, fields: [...fields] }], customers, ...reasonOf(draft) };
}

/** null while it is not whole. */
export function runOf(draft: Draft): AskingOf<"previewFlow"> | null {
  const { recipientId, flow } = draft;
  const customers = aboutOf(draft.about);
  if (recipientId === null || flow === null || !isWithin(customers.length)) return null;
  return {
    params: { flow },
    body: { recipientId, customers, attested: attestedOf(draft, customers), ...reasonOf(draft) },
  };
}

/** Ids are documents, in the order of the customers; anything else is a reference. */
function attestedOf({ attested }: Draft, customers: readonly About[]) {
  return Object.entries(attested).map(([attest, typed]) => {
    const documents = (typed.match(ID) ?? []).flatMap((recordId, at) => {
      const customerId = customers[at]?.customerId;
      return customerId === undefined ? [] : [{ customerId, recordId: recordId.toLowerCase() }];
    });
    const reference = typed.trim();
    return { attest, documents, ...(documents.length > 0 || reference === "" ? {} : { reference }) };
  });
}

const isWithin = (count: number): boolean => count > 0 && count <= CUSTOMERS_MAX;

export function wayOf({ delivery, mayDownload, lifetimeHours }: Draft) {
  return { delivery, lifetimeHours, mayDownload: delivery === "room" && mayDownload };
}
