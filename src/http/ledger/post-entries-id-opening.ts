// POST /v1/entries/:entryId/opening
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postEntriesIdOpening(http: FastifyInstance, { gate, idempotency }: Shell): void {
  serve(http, ledgerRoutes.opening, async ({ params, body, principal, request }) => {
    await idempotency.check(request);
    const { entryId, opening, promise } = await gate.opening(principal, {
      entryId: idOf(params.entryId),
      purpose: body.purpose,
    });
    return {
      entryId,
      leaf: opening.leaf,
      r: opening.r,
      detail: canonicalJson(opening.detail),
      promise: promiseAnswer(promise),
    };
  });
}
