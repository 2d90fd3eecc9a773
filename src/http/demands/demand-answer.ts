// Legal demands as the interface takes and shows them.
import type { z } from "zod";
import type { demand, demandDraft, demandRules, demandScope } from "../../../contract/demands.ts";
import type { DemandDraft, DemandFace, DemandPart, DemandRules } from "../../demands/demands.ts";
import { idOf } from "../shell.ts";

type Part = z.output<typeof demandScope>["produced"][number];

export function partOf({ customerId, classes, unitIds, recordIds }: Part): DemandPart {
  return {
    customerId: idOf(customerId),
    classes,
    unitIds: unitIds?.map(idOf) ?? null,
    recordIds: recordIds?.map(idOf) ?? null,
  };
}

export function draftOf(body: z.output<typeof demandDraft>): DemandDraft {
  const { kind, issuer, reference, jurisdiction, recipient, receivedAt, dueAt, document, period, named } = body;
  const { type, recipientId } = recipient;
  return {
    kind,
    issuer,
    reference,
    jurisdiction,
    recipient: { type, recipientId: recipientId === undefined ? null : idOf(recipientId) },
    receivedAt: new Date(receivedAt),
    dueAt: dueAt === undefined ? null : new Date(dueAt),
    document: { customerId: idOf(document.customerId), recordId: idOf(document.recordId) },
    period: { from: period?.from ?? null, to: period?.to ?? null },
    named: named.map(partOf),
  };
}

export function demandAnswer({ row, state, checks, needsReview }: DemandFace): z.output<typeof demand> {
  const { content } = row;
  const { objection, closed } = content;
  return {
    demandId: row.rowId,
    kind: content.kind,
    state,
    issuer: content.issuer,
    reference: content.reference,
    jurisdiction: content.jurisdiction,
    recipient: content.recipient,
    receivedAt: content.receivedAt,
    dueAt: content.dueAt,
    document: content.document,
    period: content.period,
    named: content.named,
    produced: content.produced,
    lines: content.lines,
    takenIn: content.takenIn,
    checks: checks.map(({ check: { id, citation, mayNotApply, text }, answer }) => ({
      id,
      citation,
      mayNotApply,
      text,
      answer: answer?.answer ?? null,
      by: answer?.by ?? null,
      at: answer?.at ?? null,
    })),
    needsReview,
    review: content.review,
    notice: noticeAnswer(content),
    approvals: content.approvals,
    untilAt: content.untilAt,
    objection: objection === null ? null : { ground: objection.ground, at: objection.at, outcome: objection.outcome },
    closed: closed === null ? null : { at: closed.at, how: closed.how },
  };
}

function noticeAnswer({ notice }: DemandFace["row"]["content"]): z.output<typeof demand>["notice"] {
  if (notice === null) return null;
  const { mode, ground, untilAt, toldAt, shownAt } = notice;
  const customers = notice.customers.map(({ tries: _tries, ...shown }) => shown);
  return { mode, ground, untilAt, toldAt, customers, shownAt };
}

export function rulesAnswer({ approvals, kinds, delays, untold }: DemandRules): z.output<typeof demandRules> {
  return { approvals, kinds, delays, untold };
}
