// POST /v1/disclosures/preview
import type { FastifyInstance } from "fastify";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { singleSubject } from "./parse-question.ts";

export function postDisclosuresPreview(http: FastifyInstance, { gate, idempotency, metrics }: Shell): void {
  serve(http, disclosureRoutes.preview, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const { previewId, outcome, fields, asks, obligations } = await gate.preview(principal, singleSubject(body));
    metrics.countDecision("preview", outcome);
    return {
      previewId,
      customerId: body.customerId,
      outcome,
      fields: fields.map((field) => ({
        ...field,
        reasons: [...field.reasons],
        policies: [...field.policies],
        permittedBy: [...field.permittedBy],
      })),
      asks,
      obligations: [...obligations],
    };
  });
}
