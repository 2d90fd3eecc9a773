// POST /v1/disclosures/options
import type { FastifyInstance } from "fastify";
import { BASIS_LABELS, PURPOSE_LABELS } from "../../../contract/labels.ts";
import { disclosureRoutes } from "../../../contract/routes/disclosures.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postDisclosuresOptions(http: FastifyInstance, { gate, idempotency }: Shell): void {
  serve(http, disclosureRoutes.options, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const { customerId, workContext, as, language } = body;
    const options = await gate.options(principal, {
      customerId: idOf(customerId),
      unitId: workContext === undefined ? null : idOf(workContext.unitId),
      as: as === undefined ? undefined : idOf(as),
    });
    return {
      options: options.map(({ purpose, basis, classes, uponApproval }) => ({
        purpose,
        basis,
        label: PURPOSE_LABELS[purpose][language],
        basisLabel: BASIS_LABELS[basis][language],
        classes: [...classes],
        uponApproval: [...uponApproval],
      })),
    };
  });
}
