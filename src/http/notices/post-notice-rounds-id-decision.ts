// POST /v1/notice-rounds/:roundId/decision
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { roundAnswer } from "./notice-answer.ts";

export function postNoticeRoundsIdDecision(http: FastifyInstance, shell: Shell): void {
  const { rounds, idempotency, signIns } = shell;
  serve(http, noticeRoundRoutes.decide, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "notice-round.decide", kind: "notice", customerId: null });
    // What is in the post comes back to nobody: a session left open approves nothing.
    if (body.approve) signIns.assertFresh(principal);
    const roundId = idOf(params.roundId);
    return idempotency.once(
      request,
      async (also) => roundAnswer(await rounds.decide(principal, { roundId, ...body }, also)),
      async () => roundAnswer(await rounds.get(roundId)),
    );
  });
}
