// POST /v1/watch/catastrophes
import type { FastifyInstance } from "fastify";
import { catastropheRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { catastropheAnswer } from "./catastrophe-answer.ts";
import { catastropheNow } from "./catastrophe-now.ts";

export function postWatchCatastrophes(http: FastifyInstance, { idempotency, watch }: Shell): void {
  serve(http, catastropheRoutes.request, ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => {
        const asked = { ...body, endsAt: new Date(body.endsAt) };
        return catastropheAnswer(await watch.catastrophes.request(asked, principal, also));
      },
      ([catastropheId]) => catastropheNow(watch, catastropheId),
    ),
  );
}
