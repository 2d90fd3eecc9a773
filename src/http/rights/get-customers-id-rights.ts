// GET /v1/customers/:customerId/rights
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./right-answer.ts";

export function getCustomersIdRights(http: FastifyInstance, shell: Shell): void {
  serve(http, rightRoutes.ofCustomer, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "right.read", kind: "right", customerId });
    return { items: (await shell.requests.ofCustomer(customerId)).map((face) => faceAnswer(shell, face)) };
  });
}
