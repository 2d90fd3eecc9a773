// POST /v1/tellings/:tellingId/steps
import type { FastifyInstance } from "fastify";
import { tellingRoutes } from "../../../contract/routes/tellings.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { tellingAnswer } from "./telling-answer.ts";

export function postTellingsIdSteps(http: FastifyInstance, shell: Shell): void {
  const { idempotency, tellings } = shell;
  serve(http, tellingRoutes.step, async ({ params, body: step, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "telling.work", kind: "right", customerId: null });
    const tellingId = idOf(params.tellingId);
    return idempotency.once(
      request,
      async (also) => tellingAnswer(shell, await tellings.step(principal, { tellingId, step }, also)),
      async () => tellingAnswer(shell, await tellings.face(tellingId)),
    );
  });
}
