// What is asked of the gate, with ids and words already parsed at the edge.
import type { Uuid } from "../kernel/bytes.ts";
import type { Basis, Form, Purpose } from "../kernel/vocabulary.ts";
import type { RecipientType } from "./policy/policy.ts";

export type WantedForm = Exclude<Form, "denied">;

export interface Recipient {
  readonly type: Exclude<RecipientType, "none">;
  readonly recipientId: Uuid | null;
}

/** What is the same for every customer of a question. */
export interface Terms {
  readonly purpose: Purpose;
  readonly basis: Basis;
  /** Field paths; null asks for the role's standard view of the unit in hand. */
  readonly fields: readonly string[] | null;
  /** The most that is wanted. */
  readonly form: WantedForm;
  readonly recipient: Recipient | null;
  /** Tells also where each record shown comes from, as it is now (GDPR Art. 15(1)(g); NAIC Model 670 § 8). */
  readonly origins?: true;
  /** The grant that the asker invokes in place of its own registration; left out, it asks as itself. */
  readonly as?: Uuid | undefined;
  /** Only records after this id, one page of them; for whoever goes through everything that is held. Left out, the first of each type are read. */
  readonly page?: { readonly after: Uuid | null; readonly limit: number } | undefined;
  /** Why fields beyond the standard view are needed; null when none was given. */
  readonly justification: string | null;
}

export interface Subject {
  readonly customerId: Uuid;
  /** The claim or policy in hand. */
  readonly unitId: Uuid | null;
  /** Only these records; null does not restrict. */
  readonly recordIds: ReadonlySet<Uuid> | null;
  /** As the one record asked about stood at this revision; left out, as it stands now. */
  readonly revision?: number | undefined;
}

/** What entitles to masked views and searches is the role's duty, but for an emergency, which nothing else entitles to. */
export function basisFor(purpose: Purpose): Basis {
  return purpose === "emergency" ? "emergency" : "role-duty";
}

export type Question = Terms & Subject;
export type BatchQuestion = Terms & { readonly subjects: readonly Subject[] };
