// POST /v1/watch/catastrophes/:catastropheId/approval
import type { FastifyInstance } from "fastify";
import { catastropheRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { catastropheAnswer } from "./catastrophe-answer.ts";
import { catastropheNow } from "./catastrophe-now.ts";

export function postWatchCatastrophesIdApproval(http: FastifyInstance, { idempotency, watch }: Shell): void {
  serve(http, catastropheRoutes.approve, ({ params, principal, request }) => {
    const catastropheId = idOf(params.catastropheId);
    return idempotency.once(
      request,
      async (also) => catastropheAnswer(await watch.catastrophes.approve(catastropheId, principal, also)),
      () => catastropheNow(watch, catastropheId),
    );
  });
}
