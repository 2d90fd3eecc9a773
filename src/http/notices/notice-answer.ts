// Notices and their deliveries as the interface shows them.
import type { z } from "zod";
import type { delivery, notice } from "../../../contract/choices.ts";
import { type Delivery, type NoticeRule, versionInForce } from "../../notices/notices.ts";

export function noticeAnswer(rule: NoticeRule, now: Date): z.output<typeof notice> {
  const { versions: _versions, ...said } = rule;
  return { ...said, ...versionInForce(rule, now) };
}

export function deliveryAnswer({ rowId, content }: Delivery): z.output<typeof delivery> {
  const { by: _by, ...said } = content;
  return { deliveryId: rowId, ...said };
}
