// POST /v1/letters/:letterId/steps
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postLettersIdSteps(http: FastifyInstance, shell: Shell): void {
  const { idempotency, letters } = shell;
  serve(http, letterRoutes.step, async ({ params, body, principal, request }) => {
    const letterId = idOf(params.letterId);
    await requireRecordedRight(shell, principal, { action: "letter.work", kind: "letter", customerId: null });
    const answer = { id: letterId };
    return idempotency.once(
      request,
      async (also) => {
        await letters.step(principal, { letterId, ...body }, also);
        return answer;
      },
      () => Promise.resolve(answer),
    );
  });
}
