// POST /v1/portal/accounting/:entryId/opening
import type { FastifyInstance } from "fastify";
import { portalAccountingRoutes } from "../../../contract/routes/portal-accounting.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { customerOf, whoseOf } from "./customer-of.ts";

export function postPortalAccountingIdOpening(http: FastifyInstance, { accounting, idempotency }: Shell): void {
  serve(http, portalAccountingRoutes.opening, async ({ params, body, principal, request }) => {
    const asker = customerOf(principal);
    await idempotency.check(request);
    const at = { customerId: whoseOf(asker, body.customerId), entryId: idOf(params.entryId) };
    const { opening, promise } = await accounting.opening(asker, at);
    return {
      entryId: at.entryId,
      leaf: opening.leaf,
      r: opening.r,
      detail: canonicalJson(opening.detail),
      promise: promiseAnswer(promise),
    };
  });
}
