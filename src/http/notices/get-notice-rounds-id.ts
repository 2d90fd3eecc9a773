// GET /v1/notice-rounds/:roundId
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { roundAnswer } from "./notice-answer.ts";

export function getNoticeRoundsId(http: FastifyInstance, shell: Shell): void {
  serve(http, noticeRoundRoutes.get, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "notice", customerId: null });
    return roundAnswer(await shell.rounds.get(idOf(params.roundId)));
  });
}
