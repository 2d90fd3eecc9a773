// GET /v1/portal/accounting/:entryId/receipt
import type { FastifyInstance } from "fastify";
import { portalAccountingRoutes } from "../../../contract/routes/portal-accounting.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { customerOf, whoseOf } from "./customer-of.ts";

export function getPortalAccountingIdReceipt(http: FastifyInstance, { accounting }: Shell): void {
  serve(http, portalAccountingRoutes.receipt, async ({ params, query, principal, reply }) => {
    const asker = customerOf(principal);
    const at = { customerId: whoseOf(asker, query.customerId), entryId: idOf(params.entryId) };
    const receipt = await accounting.receipt(asker, at);
    if (receipt === null) throw new HttpError("not-yet-published");
    return reply.type("text/plain; charset=utf-8").send(receipt);
  });
}
