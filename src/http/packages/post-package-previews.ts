// POST /v1/package-previews
import type { FastifyInstance } from "fastify";
import { packageRoutes } from "../../../contract/routes/packages.ts";
import type { PreviewedCustomer } from "../../packages/packages.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { questionOf } from "./package-answer.ts";

export function postPackagePreviews(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, packageRoutes.preview, async ({ body, principal, request }) => {
    await idempotency.check(request);
    await requireRecordedRight(shell, principal, { action: "package.make", kind: "package", customerId: null });
    return previewAnswer(await packages.preview(principal, questionOf(body)));
  });
}

export function previewAnswer(previewed: readonly PreviewedCustomer[]) {
  return {
    customers: previewed.map(({ customerId, fields }) => ({
      customerId,
      fields: fields.map(({ field, dataClass, form, isEmpty, reasons, policies, permittedBy }) => ({
        field,
        dataClass,
        form,
        isEmpty,
        reasons: [...reasons],
        policies: [...policies],
        permittedBy: [...permittedBy],
      })),
    })),
  };
}
