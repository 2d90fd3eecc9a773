// GET /v1/entries/:entryId/receipt
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getEntriesIdReceipt(http: FastifyInstance, { gate }: Shell): void {
  serve(http, ledgerRoutes.receipt, async ({ params, principal, reply }) => {
    const receipt = await gate.receipt(principal, idOf(params.entryId));
    if (receipt === null) throw new HttpError("not-yet-published");
    return reply.type("text/plain; charset=utf-8").send(receipt);
  });
}
