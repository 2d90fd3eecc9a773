// GET /v1/notices
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { noticeAnswer } from "./notice-answer.ts";

export function getNotices(http: FastifyInstance, { access, clock, notices }: Shell): void {
  serve(http, noticeRoutes.list, async ({ principal }) => {
    requireRight(access, principal, "notice.read");
    return { items: notices.rules.map((rule) => noticeAnswer(rule, clock.now())) };
  });
}
