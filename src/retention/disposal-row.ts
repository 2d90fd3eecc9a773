// A disposal as it stands among authority rows: who asked, what the preview found, by what digest, who approved just that.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";

const DISPOSAL_STATES = ["previewing", "previewed", "approved", "complete", "refused", "withdrawn"] as const;
export type DisposalState = (typeof DISPOSAL_STATES)[number];

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const counted = z.array(z.strictObject({ name: z.string().max(120), count })).max(400);

const found = z.strictObject({
  /** Over every line, in order. */
  digest,
  /** The rules they were judged by. */
  rules: digest,
  asOf: z.iso.datetime(),
  judged: count,
  open: count,
  notYet: count,
  /** Units that the run takes, the longest overdue first. */
  due: count,
  /** Due as well, and beyond what one run takes. */
  dueBeyond: count,
  blocked: count,
  unjudged: count,
  /** By kind of unit and line of business, by why they stay, by why nobody can judge, by year in which they fall due. */
  dueBy: counted,
  blockedBy: counted,
  unjudgedBy: counted,
  comingBy: counted,
});
export type Found = z.infer<typeof found>;

/** What was found by then is no longer what is there. */
const PREVIEW_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

/** The last instant at which a preview can be approved. */
export function approvableUntil({ asOf }: Pick<Found, "asOf">): Date {
  return new Date(Date.parse(asOf) + PREVIEW_DAYS_MAX * DAY_MS);
}

const act = z.strictObject({ by: z.uuid(), at: z.iso.datetime(), entry: z.uuid() });

const content = z.strictObject({
  state: z.enum(DISPOSAL_STATES),
  asked: act,
  reason: z.string(),
  found: found.nullable(),
  decided: act.nullable(),
  ended: z
    .strictObject({
      at: z.iso.datetime(),
      entry: z.uuid(),
      certificate: digest,
      erased: count,
      left: count,
      leftBy: counted,
    })
    .nullable(),
});
export type DisposalContent = z.infer<typeof content>;

/**
 * Grants the erasure of just the lines that its digest is over, and only where another person approved them. A row that is taken away erases nothing.
 */
export const DISPOSAL: RowType<DisposalContent> = { kind: "disposal", content };
export type DisposalRow = Row<DisposalContent>;

interface FaceAct {
  readonly by: Uuid;
  readonly at: Date;
}

export interface DisposalFace {
  readonly disposalId: Uuid;
  readonly state: DisposalState;
  readonly reason: string;
  readonly asked: FaceAct;
  readonly found: Found | null;
  readonly decided: FaceAct | null;
  readonly ended: {
    readonly at: Date;
    readonly erased: number;
    readonly left: number;
    readonly leftBy: Found["dueBy"];
  } | null;
  /** Of the preview while it is made, of the run afterwards. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export function disposalFace({ rowId, content: held }: DisposalRow, progress: DisposalFace["progress"]): DisposalFace {
  const { state, reason, asked, found: preview, decided, ended } = held;
  return {
    disposalId: rowId,
    state,
    reason,
    asked: faceAct(asked),
    found: preview,
    decided: decided === null ? null : faceAct(decided),
    ended:
      ended === null ? null : { at: new Date(ended.at), erased: ended.erased, left: ended.left, leftBy: ended.leftBy },
    progress,
  };
}

function faceAct({ by, at }: z.infer<typeof act>): FaceAct {
  return { by: asId(by), at: new Date(at) };
}
