// A round as it stands among authority rows: of which notice, who asked, what the preview found, by what digest, who approved just that.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";

const ROUND_STATES = ["previewing", "previewed", "approved", "complete", "refused", "withdrawn"] as const;
export type RoundState = (typeof ROUND_STATES)[number];

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const counted = z.array(z.strictObject({ name: z.string().max(200), count })).max(100);
export type Counted = readonly { readonly name: string; readonly count: number }[];

const found = z.strictObject({
  /** Over every line, in order. */
  digest,
  /** Of the notice, which is what is approved as well. */
  version: z.string().max(20),
  asOf: z.iso.datetime(),
  /** Customers looked at. */
  judged: count,
  /** Those that the round writes to. */
  due: count,
  /** Due as well, and beyond what one round takes. */
  dueBeyond: count,
  /** Due, and not written to. */
  blocked: count,
  /** Among those due: under a protection order, written to at a confidential address or not at all. */
  protected: count,
  byWhy: counted,
  /** By citation. */
  byLaw: counted,
  byChannel: counted,
  byLanguage: counted,
  blockedBy: counted,
});
export type Found = z.infer<typeof found>;

const act = z.strictObject({ by: z.uuid(), at: z.iso.datetime(), entry: z.uuid() });

const content = z.strictObject({
  state: z.enum(ROUND_STATES),
  notice: z.string().max(64),
  asked: act,
  reason: z.string(),
  found: found.nullable(),
  decided: act.nullable(),
  ended: z
    .strictObject({ at: z.iso.datetime(), entry: z.uuid(), sent: count, left: count, leftBy: counted })
    .nullable(),
});
export type RoundContent = z.infer<typeof content>;

/** Has just the lines written to that its digest is over, and only where another person approved them. */
export const ROUND: RowType<RoundContent> = { kind: "notice-round", content };
export type RoundRow = Row<RoundContent>;

interface FaceAct {
  readonly by: Uuid;
  readonly at: Date;
}

export interface RoundFace {
  readonly roundId: Uuid;
  readonly state: RoundState;
  readonly notice: string;
  readonly reason: string;
  readonly asked: FaceAct;
  readonly found: Found | null;
  readonly decided: FaceAct | null;
  readonly ended: { readonly at: Date; readonly sent: number; readonly left: number; readonly leftBy: Counted } | null;
  /** Of the preview while it is made, of the sending afterwards. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export function roundFace({ rowId, content: held }: RoundRow, progress: RoundFace["progress"]): RoundFace {
  const { state, notice, reason, asked, found: preview, decided, ended } = held;
  return {
    roundId: rowId,
    state,
    notice,
    reason,
    asked: faceAct(asked),
    found: preview,
    decided: decided === null ? null : faceAct(decided),
    ended: ended === null ? null : { at: new Date(ended.at), sent: ended.sent, left: ended.left, leftBy: ended.leftBy },
    progress,
  };
}

function faceAct({ by, at }: z.infer<typeof act>): FaceAct {
  return { by: asId(by), at: new Date(at) };
}
