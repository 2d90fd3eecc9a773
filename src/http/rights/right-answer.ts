// Requests under customers' rights as the interface shows them.
import type { z } from "zod";
import type * as contract from "../../../contract/rights.ts";
import type { RightsRule } from "../../clocks/clocks.ts";
import { asId } from "../../kernel/ids.ts";
import {
  currentDeeds,
  daysUntil,
  type Deed,
  type QueueRow,
  type ReadRequest,
  type RequestFace,
} from "../../requests/requests.ts";
import type { Shell } from "../shell.ts";

type Parts = Pick<Shell, "clock" | "requests">;

export function ownFaceAnswer({ clock }: Parts, face: RequestFace): z.output<typeof contract.ownRightFace> {
  const { requestId, kind, about, state, channel, ruleId, identity, outcome, receivedAt, due } = face;
  const duplicateOf = face.duplicateOf === null ? null : asId(face.duplicateOf);
  const daysLeft = daysUntil(new Date(due.before), clock.now());
  return {
    requestId,
    kind,
    about,
    state,
    channel,
    ruleId,
    identity,
    duplicateOf,
    outcome,
    receivedAt,
    due: { ...due, daysLeft },
  };
}

export function faceAnswer(parts: Parts, face: RequestFace): z.output<typeof contract.rightFace> {
  return { ...ownFaceAnswer(parts, face), customerId: face.customerId, assigneeId: face.assigneeId };
}

export function queueItemAnswer(
  { clock, requests }: Parts,
  row: QueueRow,
): z.output<typeof contract.rightQueue>["items"][number] {
  const { requestId, customerId, kind, rule, state, identity, isDuplicate, isStopped, dueWhat, assigneeId } = row;
  const ruleId = requests.clocks.rules.find(({ id }) => id.toLowerCase() === rule)?.id ?? rule;
  return {
    requestId,
    customerId,
    kind,
    ruleId,
    state,
    identity,
    isDuplicate,
    isStopped,
    receivedAt: row.receivedAt.toISOString(),
    dueBefore: row.dueBefore.toISOString(),
    dueWhat,
    daysLeft: daysUntil(row.dueBefore, clock.now()),
    assigneeId,
  };
}

export function ruleAnswer(rule: RightsRule): z.output<typeof contract.rightRule> {
  const { id, law, jurisdiction, title, citation, kinds, fee, refusals, confidence, confirmed } = rule;
  return {
    ruleId: id,
    law,
    jurisdiction,
    title,
    citation,
    kinds,
    fee,
    refusals,
    confidence,
    confirmed,
    response: rule.response.text,
    extension: rule.extension?.condition ?? null,
    acknowledgement: rule.acknowledgement?.text ?? null,
    exemption: rule.exemption === undefined ? null : { by: rule.exemption.by, text: rule.exemption.text },
    notes: rule.notes ?? null,
    asOf: rule["as-of"],
  };
}

function sharedOf({ requests: { clocks } }: Parts, read: ReadRequest) {
  const { row, clock, rule } = read;
  const { place, acknowledgedAt, extension, decision, appeal, closed } = row.content;
  return {
    place,
    words: read.words,
    rule: rule === undefined ? null : ruleAnswer(rule),
    clock: {
      zone: clock.zone,
      dueOn: clock.due.on,
      setBy: clock.setBy,
      isStopped: clock.isStopped,
      acknowledgeOn: clock.acknowledge?.on ?? null,
      extension:
        clock.extension === null
          ? null
          : { dueOn: clock.extension.due.on, tellBefore: clock.extension.tellBefore.toISOString() },
      steps: clock.steps.map((step) => ({ ...step, holidays: [...step.holidays] })),
    },
    acknowledgedAt,
    extension: extension === null ? null : { at: extension.at, reason: read.extensionReason },
    messages: read.messages.map(({ messageId, at, from, words }) => ({ messageId, at, from, words })),
    decision:
      decision === null
        ? null
        : {
            outcome: decision.outcome,
            found: decision.found,
            ground:
              decision.ground === null
                ? null
                : { ...groundOf(rule, decision.ground), words: clocks.refusalWords(decision.ground) ?? null },
            reason: read.decisionReason,
            at: decision.at,
            fulfilmentId: decision.fulfilmentId,
          },
    appeal:
      appeal === null
        ? null
        : {
            at: appeal.at,
            words: read.appealWords,
            dueOn: appeal.dueOn,
            decision:
              appeal.decision === null
                ? null
                : { outcome: appeal.decision.outcome, reason: read.appealReason, at: appeal.decision.at },
          },
    wanted: wantedOf(read),
    statements: statementsOf(read),
    closedAs: closed?.as ?? null,
  };
}

export function ownRightAnswer(parts: Parts, read: ReadRequest): z.output<typeof contract.ownRight> {
  const { content } = read.row;
  const current = new Set(currentDeeds(content));
  // What went back is for those who decide, since it may tell of a hold or an investigation; but that a change of theirs was stopped is the customer's to know.
  const deeds = content.deeds.filter(
    (deed) => endOf(deed) !== null || (current.has(deed) && deed.state !== "forbidden"),
  );
  return {
    ...ownFaceAnswer(parts, read),
    ...sharedOf(parts, read),
    exempt: judgedOf(parts, read).filter(({ verdict }) => verdict === "insurer-exempt" || verdict === "data-exempt"),
    deeds: deeds.map(ownDeed),
    claimCode: read.kind === "erasure" ? parts.requests.claimCode(read.requestId) : null,
  };
}

function judgedOf({ requests: { clocks } }: Parts, { row }: ReadRequest) {
  return row.content.judged.flatMap(({ ruleId, verdict }) => {
    const rule = clocks.rule(ruleId);
    return rule === undefined ? [] : [{ rule: ruleAnswer(rule), verdict }];
  });
}

/** INVARIANT: a copy that somebody has to look at first reads as one that is still being made, which tells of no investigation. */
function ownDeed(deed: Deed) {
  const { do: kind, to, state, at, resultId } = deed;
  const ended = endOf(deed);
  if (kind === "copy" && state === "waits") return { do: kind, to, state: "due" as const, at, resultId: null, ended };
  return { do: kind, to, state, at, resultId, ended };
}

/** Of a correction that waited. */
function endOf({ obstacles }: Pick<Deed, "obstacles">): "stopped" | "dropped" | null {
  const kinds = obstacles.map(({ kind }) => kind);
  if (kinds.includes("change-stopped")) return "stopped";
  return kinds.includes("change-dropped") ? "dropped" : null;
}

export function rightAnswer(parts: Parts, read: ReadRequest): z.output<typeof contract.right> {
  const { content } = read.row;
  return {
    ...faceAnswer(parts, read),
    ...sharedOf(parts, read),
    deeds: [...content.deeds, ...content.statements.flatMap(({ tells }) => tells)].map(({ heldUntil, ...deed }) => ({
      ...deed,
      ended: endOf(deed),
      againAt: heldUntil,
    })),
    proposal: proposalOf(read),
    returned: content.returned,
    lines: content.lines,
    judged: judgedOf(parts, read),
    grounds: read.grounds.map((code) => groundOf(read.rule, code)),
    filedBy: content.filedBy,
    authorityDocumentId: content.authorityDocumentId,
    isRestricted: content.flagId !== null,
    tries: content.identity.tries,
    calls: read.calls.map(({ callId, by, endsAt }) => ({ callId, verifiedBy: by, endsAt: endsAt.toISOString() })),
    tasks: [...read.tasks],
  };
}

function statementsOf({ row, statementWords }: ReadRequest) {
  return row.content.statements.map(({ statementId, recordId, recordType, fieldNames, at, withdrawn }) => {
    const words = statementWords.get(statementId) ?? null;
    const over = withdrawn === null ? null : { at: withdrawn.at, replacedBy: withdrawn.replacedBy };
    return { statementId, recordId, recordType, fields: fieldNames, at, withdrawn: over, words };
  });
}

function wantedOf({ row, wanted }: ReadRequest) {
  const found = row.content.wanted;
  if (found === null) return null;
  const { recordId, recordType, fieldNames } = found;
  return { recordId, recordType, fields: fieldNames, values: wanted };
}

function proposalOf({ row, proposed }: ReadRequest) {
  const { proposal } = row.content;
  if (proposal === null) return null;
  const { recordId, recordType, fieldNames, by, at } = proposal;
  return { recordId, recordType, fields: fieldNames, values: proposed, by, at };
}

function groundOf(rule: RightsRule | undefined, code: string): { code: string; text: string } {
  const text = rule?.refusals.find((each) => each.code === code)?.text;
  return { code, text: text ?? "cannot verify identity" };
}
