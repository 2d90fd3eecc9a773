// GET /v1/customers/:customerId/tellings
import type { FastifyInstance } from "fastify";
import { tellingRoutes } from "../../../contract/routes/tellings.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { tellingAnswer } from "./telling-answer.ts";

export function getCustomersIdTellings(http: FastifyInstance, shell: Shell): void {
  serve(http, tellingRoutes.ofCustomer, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "telling.read", kind: "right", customerId });
    return { items: (await shell.tellings.ofCustomer(customerId)).map((face) => tellingAnswer(shell, face)) };
  });
}
