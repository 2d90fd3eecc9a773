// That somebody is to be told of something about a customer, as it stands among the customer's authority rows: by what, by when, and what proves it.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";

export const TOLD_OF = ["correction", "statement", "withdrawal"] as const;
export type ToldOf = (typeof TOLD_OF)[number];

/** `queued`: the server sees to it, or it lies with the mail or the printer. `sent`: it left. `by-hand`: only a person can. */
const TELLING_STATES = ["queued", "sent", "delivered", "failed", "by-hand"] as const;
export type TellingState = (typeof TELLING_STATES)[number];

export const TOLD_BY = ["webhook", "mail", "package", "letter", "telephone", "cannot"] as const;

const at = z.iso.datetime();
const id = z.uuid();

/** Whom, as the ledger says it. */
export const givenTo = z.strictObject({
  recipientId: id.nullable(),
  principalId: id.nullable(),
  type: z.string().max(60).nullable(),
  /** The newest disclosure to them, and how many there were. */
  entryId: id,
  at,
  times: z.int().min(1),
});
export type Given = z.infer<typeof givenTo>;

const content = z.strictObject({
  of: z.enum(TOLD_OF),
  /** The request or the authorization. */
  servesId: id,
  /** Null: those beyond the list, whom the accounting names. */
  recipient: givenTo.nullable(),
  /** Which duty it is, in the rules. */
  duty: z.string().max(40),
  due: z.strictObject({ on: z.iso.date(), before: at }),
  madeAt: at,
  state: z.enum(TELLING_STATES),
  /** Null until it was decided. */
  way: z.enum(["mail", "letter", "hand"]).nullable(),
  /** The mail's or the letter's id. */
  sendingId: id.nullable(),
  /** Why it failed, or why a person has to. */
  fault: z.string().max(60).nullable(),
  tries: z.int().min(0).max(100),
  sentAt: at.nullable(),
  told: z.strictObject({ by: id, channel: z.enum(TOLD_BY), reference: z.string().min(1).max(200), at }).nullable(),
});
export type TellingContent = z.infer<typeof content>;
export type Told = NonNullable<TellingContent["told"]>;

export const TELLING: RowType<TellingContent> = { kind: "telling", content };
export type TellingRow = Row<TellingContent>;

export function isOpen({ told }: Pick<TellingContent, "told">): boolean {
  return told === null;
}

export interface TellingFace extends Omit<TellingContent, "servesId" | "duty"> {
  readonly tellingId: Uuid;
  readonly customerId: Uuid;
  readonly servesId: Uuid;
  readonly duty: string;
}

export function faceOf({ rowId, ownerId, content: held }: TellingRow): TellingFace {
  return { ...held, servesId: held.servesId as Uuid, tellingId: rowId, customerId: ownerId };
}
