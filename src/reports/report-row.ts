// A report and its messages, as they stand among the authority rows of an owner of their own.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import { deadlinesOf, type ReportDeadlines } from "./deadlines.ts";

/** Art. 2(1) of the directive as far as insurers are concerned, and what laws of members add. */
export const CATEGORIES = [
  "privacy",
  "security",
  "consumer-protection",
  "financial-conduct",
  "money-laundering",
  "corruption",
  "discrimination",
  "retaliation",
  "other",
] as const;
export type Category = (typeof CATEGORIES)[number];

const id = z.custom<Uuid>((value) => typeof value === "string" && parseId(value) === value);
const instant = z.iso.datetime();

const report = z.strictObject({
  category: z.enum(CATEGORIES),
  receivedAt: instant,
  /** Offices that it is about, as the reporter said. */
  concernedRoles: z.array(z.enum(ROLES)).max(30),
  /** Principals whom it is about, as those who read it found. */
  concernedIds: z.array(id).max(50),
  acknowledgedAt: instant.nullable(),
  feedbackAt: instant.nullable(),
  closedAt: instant.nullable(),
});
export type ReportContent = z.infer<typeof report>;
export const REPORT: RowType<ReportContent> = { kind: "report", content: report };
export type ReportRow = Row<ReportContent>;

const MESSAGE_KINDS = ["report", "addition", "acknowledgement", "question", "feedback"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

const message = z.strictObject({
  kind: z.enum(MESSAGE_KINDS),
  at: instant,
  /** Null for the reporter. */
  by: id.nullable(),
  text: z.string().min(1).max(12_000),
});
export type MessageContent = z.infer<typeof message>;
export const MESSAGE: RowType<MessageContent> = { kind: "report-message", content: message };

export type ReportState = "new" | "acknowledged" | "answered" | "closed";

export interface ReportFace extends ReportDeadlines {
  readonly reportId: Uuid;
  readonly category: Category;
  readonly state: ReportState;
  readonly receivedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly feedbackAt: Date | null;
  readonly closedAt: Date | null;
  /** What is late now. */
  readonly late: "acknowledgement" | "feedback" | null;
  readonly concernedRoles: readonly Role[];
  readonly concernedIds: readonly Uuid[];
}

export function faceOf({ ownerId, content }: ReportRow, now: Date): ReportFace {
  const { category, concernedRoles, concernedIds } = content;
  const [receivedAt, acknowledgedAt, feedbackAt, closedAt] = [
    new Date(content.receivedAt),
    dateOf(content.acknowledgedAt),
    dateOf(content.feedbackAt),
    dateOf(content.closedAt),
  ];
  const deadlines = deadlinesOf(receivedAt, acknowledgedAt);
  const isOpen = closedAt === null;
  const isFeedbackLate = isOpen && feedbackAt === null && now > deadlines.feedbackBy;
  const isAcknowledgementLate = isOpen && acknowledgedAt === null && now > deadlines.acknowledgeBy;
  return {
    reportId: ownerId,
    category,
    state: stateOf(content),
    receivedAt,
    acknowledgedAt,
    feedbackAt,
    closedAt,
    ...deadlines,
    late: isFeedbackLate ? "feedback" : isAcknowledgementLate ? "acknowledgement" : null,
    concernedRoles,
    concernedIds,
  };
}

export function stateOf({ acknowledgedAt, feedbackAt, closedAt }: ReportContent): ReportState {
  if (closedAt !== null) return "closed";
  if (feedbackAt !== null) return "answered";
  return acknowledgedAt === null ? "new" : "acknowledged";
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
