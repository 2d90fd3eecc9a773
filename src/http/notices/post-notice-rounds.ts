// POST /v1/notice-rounds
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { roundAnswer } from "./notice-answer.ts";

export function postNoticeRounds(http: FastifyInstance, { rounds, idempotency }: Shell): void {
  serve(http, noticeRoundRoutes.ask, async ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => roundAnswer(await rounds.ask(principal, body, also)),
      async ([roundId]) => {
        if (roundId === undefined) throw new HttpError("conflict");
        return roundAnswer(await rounds.get(roundId));
      },
    ),
  );
}
