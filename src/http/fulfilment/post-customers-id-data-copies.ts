// POST /v1/customers/:customerId/data-copies
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { packageAnswer } from "./data-copy-answer.ts";

export function postCustomersIdDataCopies(http: FastifyInstance, shell: Shell): void {
  const { fulfilment, idempotency } = shell;
  serve(http, dataCopyRoutes.make, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "data-copy.make", kind: "fulfilment", customerId });
    const requestId = body.requestId === undefined ? null : idOf(body.requestId);
    const making = { customerId, language: body.language, requestId };
    return idempotency.once(
      request,
      async (also) => packageAnswer(await fulfilment.makePackage(principal, making, also)),
      async ([copyId]) => {
        if (copyId === undefined) throw new HttpError("conflict");
        return packageAnswer(await fulfilment.face({ customerId, copyId }));
      },
    );
  });
}
