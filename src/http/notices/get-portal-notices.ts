// GET /v1/portal/notices
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import { versionInForce } from "../../notices/notices.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { noticeAnswer } from "./notice-answer.ts";

export function getPortalNotices(http: FastifyInstance, { clock, notices }: Shell): void {
  serve(http, noticeRoutes.own, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    const [got, due] = await Promise.all([notices.deliveries(customerId), notices.due(customerId)]);
    const now = clock.now();
    const items = notices.rules.flatMap((rule) => {
      const { version } = versionInForce(rule, now);
      const received = got.find(({ content }) => content.notice === rule.notice && content.version === version);
      // Of other lines of business than the customer's, what they did not get is not theirs.
      if (received === undefined && !due.includes(rule)) return [];
      return [{ ...noticeAnswer(rule, now), receivedAt: received?.content.deliveredAt ?? null }];
    });
    return { items };
  });
}
