// GET /v1/customers/:customerId/data-copies
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { packageAnswer } from "./data-copy-answer.ts";

export function getCustomersIdDataCopies(http: FastifyInstance, shell: Shell): void {
  serve(http, dataCopyRoutes.ofCustomer, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "data-copy.read", kind: "fulfilment", customerId });
    return { items: (await shell.fulfilment.ofCustomer(customerId)).map(packageAnswer) };
  });
}
