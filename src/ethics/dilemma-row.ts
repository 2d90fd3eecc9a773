// A dilemma as it stands among the authority rows of an owner of its own.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";

export const DILEMMA_KINDS = [
  "pressure",
  "interest-against-privacy",
  "odd-demand",
  "conflict-of-interest",
  "other",
] as const;
export type DilemmaKind = (typeof DILEMMA_KINDS)[number];

export const DILEMMA_OUTCOMES = [
  "disclose",
  "disclose-less",
  "do-not-disclose",
  "ask-the-customer",
  "escalate",
] as const;
export type DilemmaOutcome = (typeof DILEMMA_OUTCOMES)[number];

const id = z.custom<Uuid>((value) => typeof value === "string" && parseId(value) === value);
const instant = z.iso.datetime();
/** Under the key of a customer's relationship, or, where it is about nobody, with the row alone. */
const words = z.union([
  z.strictObject({ unitId: id, value: z.string() }),
  z.strictObject({ text: z.string().max(8000) }),
]);
export type Words = z.infer<typeof words>;

const content = z.strictObject({
  kind: z.enum(DILEMMA_KINDS),
  raisedBy: id,
  raisedVia: id.nullable(),
  raisedAt: instant,
  customerId: id.nullable(),
  /** Whom it is about besides: the manager, whoever has the interest. */
  involved: z.array(id).max(20),
  /** Named; empty: whoever of the desk is independent. */
  reviewers: z.array(id).max(5),
  words,
  decision: z
    .strictObject({
      by: id,
      at: instant,
      outcome: z.enum(DILEMMA_OUTCOMES),
      guidance: z.array(z.string().max(60)).max(20),
      words,
    })
    .nullable(),
});
export type DilemmaContent = z.infer<typeof content>;

export const DILEMMA: RowType<DilemmaContent> = { kind: "dilemma", content };
export type DilemmaRow = Row<DilemmaContent>;

export interface DilemmaFace {
  readonly dilemmaId: Uuid;
  readonly kind: DilemmaKind;
  readonly isDecided: boolean;
  readonly isOwn: boolean;
  readonly customerId: Uuid | null;
  readonly raisedAt: Date;
  readonly decidedAt: Date | null;
  readonly outcome: DilemmaOutcome | null;
  readonly guidance: readonly string[];
}

export function faceOf({ ownerId, content: held }: DilemmaRow, askerId: Uuid): DilemmaFace {
  const { kind, customerId, raisedAt, raisedBy, decision } = held;
  return {
    dilemmaId: ownerId,
    kind,
    isDecided: decision !== null,
    isOwn: raisedBy === askerId,
    customerId,
    raisedAt: new Date(raisedAt),
    decidedAt: decision === null ? null : new Date(decision.at),
    outcome: decision?.outcome ?? null,
    guidance: decision?.guidance ?? [],
  };
}
