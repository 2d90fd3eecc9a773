// POST /v1/customers/:customerId/data-copies/:copyId/others/:recordId/decisions
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { heldRecordAnswer, outcomeGiven } from "./data-copy-answer.ts";

export function postCustomersIdDataCopiesIdOthersIdDecisions(http: FastifyInstance, shell: Shell): void {
  const { fulfilment, idempotency } = shell;
  serve(http, dataCopyRoutes.decideOthers, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "data-copy.review", kind: "fulfilment", customerId });
    const at = { customerId, copyId: idOf(params.copyId), recordId: idOf(params.recordId) };
    return idempotency.once(
      request,
      async (also) =>
        heldRecordAnswer(await fulfilment.decideOthers(principal, { ...at, outcome: outcomeGiven(body) }, also)),
      async () => {
        const found = (await fulfilment.listOthers(at)).find(({ recordId }) => recordId === at.recordId);
        if (found === undefined) throw new HttpError("conflict");
        return heldRecordAnswer(found);
      },
    );
  });
}
