// A report as the interface shows it: to its reporter without whom it concerns, to those who answer with it.
import type { z } from "zod";
import type { listedReport, reportFace, reportMessage } from "../../../contract/reports.ts";
import type { ReportFace, Talk } from "../../reports/reports.ts";

export function reportAnswer(face: ReportFace): z.output<typeof reportFace> {
  const { category, state, receivedAt, acknowledgeBy, feedbackBy, acknowledgedAt, feedbackAt, closedAt } = face;
  return {
    category,
    state,
    receivedAt: receivedAt.toISOString(),
    acknowledgeBy: acknowledgeBy.toISOString(),
    feedbackBy: feedbackBy.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    feedbackAt: feedbackAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  };
}

export function listedAnswer(face: ReportFace): z.output<typeof listedReport> {
  const { reportId, late, concernedRoles, concernedIds } = face;
  return {
    ...reportAnswer(face),
    reportId,
    late,
    concernedRoles: [...concernedRoles],
    concernedIds: [...concernedIds],
  };
}

export function messagesAnswer({ messages }: Talk): z.output<typeof reportMessage>[] {
  return messages.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }));
}
