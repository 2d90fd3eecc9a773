// POST /v1/customers/:customerId/data-copies/:copyId/judgements
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { packageAnswer } from "./data-copy-answer.ts";

export function postCustomersIdDataCopiesIdJudgements(http: FastifyInstance, shell: Shell): void {
  const { fulfilment, idempotency } = shell;
  serve(http, dataCopyRoutes.judge, async ({ params, body, principal, request }) => {
    const at = { customerId: idOf(params.customerId), copyId: idOf(params.copyId) };
    const { customerId } = at;
    await requireRecordedRight(shell, principal, { action: "data-copy.judge", kind: "fulfilment", customerId });
    const judging = { ...at, unitId: idOf(body.unitId), ground: body.release ? null : body.ground };
    return idempotency.once(
      request,
      async (also) => packageAnswer(await fulfilment.judgeHeld(principal, judging, also)),
      async () => packageAnswer(await fulfilment.face(at)),
    );
  });
}
