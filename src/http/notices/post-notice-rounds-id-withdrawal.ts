// POST /v1/notice-rounds/:roundId/withdrawal
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { roundAnswer } from "./notice-answer.ts";

export function postNoticeRoundsIdWithdrawal(http: FastifyInstance, shell: Shell): void {
  const { rounds, idempotency } = shell;
  serve(http, noticeRoundRoutes.withdraw, async ({ params, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "notice-round.ask", kind: "notice", customerId: null });
    const roundId = idOf(params.roundId);
    return idempotency.once(
      request,
      async (also) => roundAnswer(await rounds.withdraw(principal, roundId, also)),
      async () => roundAnswer(await rounds.get(roundId)),
    );
  });
}
