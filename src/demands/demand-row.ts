// A legal demand as it stands among authority rows, and what of it stands among each customer's.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { DATA_CLASSES, LINES, PURPOSES } from "../kernel/vocabulary.ts";

const instant = z.iso.datetime();
const id = z.string().refine((text): text is Uuid => parseId(text) === text, "an id");
const code = z.string().max(64);

/** What of one customer is named, or is to be produced. */
const part = z.strictObject({
  customerId: id,
  classes: z.array(z.enum(DATA_CLASSES)).min(1).max(DATA_CLASSES.length),
  unitIds: z.array(id).max(50).nullable(),
  recordIds: z.array(id).max(200).nullable(),
});
export type DemandPart = z.infer<typeof part>;

const act = z.strictObject({ by: id, at: instant });
export const CHECK_ANSWERS = ["met", "not-applicable", "failed"] as const;
const answer = z.strictObject({ id: code, answer: z.enum(CHECK_ANSWERS), by: id, at: instant });
export const OBJECTIONS = [
  "overbroad",
  "privileged",
  "no-jurisdiction",
  "not-served",
  "no-assurance",
  "other",
] as const;

/** `planned`: the server has not got to it yet. `mailed` and `letter`: it lies in the outbox, or in the queue of letters. `told`: with its proof. */
const TELLING_STATES = ["planned", "mailed", "letter", "told", "unreached"] as const;
/** Why somebody is not reached, or goes another way than by mail. */
const TELLING_FAULTS = [
  "mail-refused",
  "protected",
  "no-address",
  "other-channel",
  "letter-held",
  "letter-returned",
  "letter-cancelled",
  "gone",
] as const;

const telling = z.strictObject({
  customerId: id,
  state: z.enum(TELLING_STATES),
  way: z.enum(["mail", "letter", "hand"]).nullable(),
  /** The mail, the letter, or what somebody noted as proof. */
  reference: z.string().max(200).nullable(),
  fault: z.enum(TELLING_FAULTS).nullable(),
  /** Since when it stands so; of what is told, when a mail server took it, it was posted, or somebody did it. */
  at: instant,
  by: id.nullable(),
  tries: z.int().min(0),
});
export type Telling = z.infer<typeof telling>;

const content = z.strictObject({
  kind: code,
  /** Of the authority or lawyer, not of a customer. */
  issuer: z.string().max(200),
  reference: z.string().max(100),
  jurisdiction: z.string().max(40),
  recipient: z.strictObject({ type: z.enum(RECIPIENTS), recipientId: id.nullable() }),
  receivedAt: instant,
  dueAt: instant.nullable(),
  /** The scan, as a record of one of the customers. */
  document: z.strictObject({ customerId: id, recordId: id }),
  /** The period that it names, as days; with one, what is produced names its records (scope.ts). */
  period: z.strictObject({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
  named: z.array(part).min(1).max(20),
  produced: z.array(part).min(1).max(20),
  /** Of the units that are reached. */
  lines: z.array(z.enum(LINES)),
  entities: z.array(z.string().max(64)).default([]),
  takenIn: act,
  checks: z.array(answer),
  notice: z
    .strictObject({
      mode: z.enum(["before", "after", "delayed", "none"]),
      ground: code.nullable(),
      untilAt: instant.nullable(),
      /** Every customer is told, or what tells them is on its way; null again once one of them turns out not to be reached. */
      toldAt: instant.nullable(),
      customers: z.array(telling).max(20).default([]),
      by: id,
      /** What was produced may have been kept from the customers' lists, now or under what was settled before. */
      isKeptBack: z.boolean().default(false),
      /** The delay is over, and what was produced in it stands on the customers' lists. */
      shownAt: instant.nullable().default(null),
    })
    .nullable(),
  review: act.nullable(),
  approvals: z.array(act).max(5),
  /** What was approved may be produced until then. */
  untilAt: instant.nullable(),
  objection: z
    .strictObject({
      ground: z.enum(OBJECTIONS),
      by: id,
      at: instant,
      outcome: z.enum(["overruled", "upheld"]).nullable(),
    })
    .nullable(),
  closed: z.strictObject({ by: id, at: instant, how: z.enum(["produced", "refused", "withdrawn"]) }).nullable(),
});
export type DemandContent = z.infer<typeof content>;
export type DemandNotice = NonNullable<DemandContent["notice"]>;

/** Owned by its own id. */
export const DEMAND: RowType<DemandContent> = { kind: "legal-demand", content };
export type DemandRow = Row<DemandContent>;

const process = z.strictObject({
  demandId: id,
  classes: part.shape.classes,
  unitIds: part.shape.unitIds,
  recordIds: part.shape.recordIds,
  recipient: content.shape.recipient,
  purposes: z.array(z.enum(PURPOSES)).min(1),
  psychotherapyNotes: z.boolean(),
  isWithheld: z.boolean(),
  /** Told later: from then on no longer withheld. Null: as long as it stands. */
  withheldUntilAt: instant.nullable().default(null),
  /** Privilege and the like were reviewed, by whom. */
  reviewedBy: id.nullable(),
  approvedBy: z.array(id),
});
export type ProcessContent = z.infer<typeof process>;

/** What the gate reads: owned by the customer, in force from the last approval until `endsAt`. */
export const PROCESS: RowType<ProcessContent> = { kind: "legal-process", content: process };

const toldLater = z.strictObject({ demandId: id, entryIds: z.array(id).max(500) });
export type ToldLater = z.infer<typeof toldLater>;

/** Owned by the customer: entries that were withheld while they were lawfully told later, and stand on their lists now. */
export const TOLD_LATER: RowType<ToldLater> = { kind: "told-later", content: toldLater };

const paper = z.strictObject({ demandId: id, recordId: id });

/** Owned by the customer in whose file the scan lies, from the moment that the demand is taken in. */
export const DEMAND_PAPER: RowType<z.infer<typeof paper>> = { kind: "demand-paper", content: paper };

export type DemandState = "open" | "objected" | "approved" | "expired" | "closed";

export function stateOf({ content: held }: Pick<DemandRow, "content">, now: Date): DemandState {
  if (held.closed !== null) return "closed";
  if (held.objection !== null && held.objection.outcome === null) return "objected";
  if (held.untilAt === null) return "open";
  return new Date(held.untilAt) <= now ? "expired" : "approved";
}
