// Notices and their deliveries as the interface shows them.
import type { z } from "zod";
import type { delivery, notice, noticeMail } from "../../../contract/choices.ts";
import type { noticeRound, noticeRoundCustomer } from "../../../contract/notice-rounds.ts";
import { type Delivery, type NoticeMail, type NoticeRule, versionInForce } from "../../notices/notices.ts";
import type { ProvedLine, RoundFace } from "../../rounds/rounds.ts";

export function noticeAnswer(rule: NoticeRule, now: Date): z.output<typeof notice> {
  const { versions: _versions, due: _due, reminder: _reminder, ...said } = rule;
  return { ...said, ...versionInForce(rule, now) };
}

export function deliveryAnswer({ rowId, content }: Delivery): z.output<typeof delivery> {
  const { by: _by, ...said } = content;
  return { deliveryId: rowId, ...said };
}

export function mailAnswer({ rowId, content }: NoticeMail): z.output<typeof noticeMail> {
  const { notice: code, version, language, state, madeAt, endedAt } = content;
  return { mailId: rowId, notice: code, version, language, state, madeAt, endedAt };
}

type Counted = readonly { readonly name: string; readonly count: number }[];

const copied = (counted: Counted): { name: string; count: number }[] => counted.map((one) => ({ ...one }));

export function roundAnswer({
  asked,
  found,
  decided,
  ended,
  progress,
  ...face
}: RoundFace): z.output<typeof noticeRound> {
  return {
    ...face,
    asked: { ...asked, at: asked.at.toISOString() },
    found:
      found === null
        ? null
        : {
            ...found,
            byWhy: copied(found.byWhy),
            byLaw: copied(found.byLaw),
            byChannel: copied(found.byChannel),
            byLanguage: copied(found.byLanguage),
            blockedBy: copied(found.blockedBy),
          },
    decided: decided === null ? null : { ...decided, at: decided.at.toISOString() },
    ended: ended === null ? null : { ...ended, at: ended.at.toISOString(), leftBy: copied(ended.leftBy) },
    progress: progress === null ? null : { ...progress },
  };
}

export function roundCustomerAnswer(line: ProvedLine): z.input<typeof noticeRoundCustomer> {
  return { ...line, proof: line.proof === null ? null : { ...line.proof } } as z.input<typeof noticeRoundCustomer>;
}
