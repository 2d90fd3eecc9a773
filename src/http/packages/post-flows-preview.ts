// POST /v1/flows/:flow/preview
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { sayCheck } from "../../packages/packages.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { attestedOf, subjectsOf } from "./package-answer.ts";
import { previewAnswer } from "./post-package-previews.ts";

export function postFlowsPreview(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, flowRoutes.preview, async ({ params, body, principal, request }) => {
    await idempotency.check(request);
    await requireRecordedRight(shell, principal, { action: "package.make", kind: "package", customerId: null });
    const { recipientId, customers, justification = null, attested } = body;
    const { customers: previewed, checks } = await packages.previewFlow(principal, {
      flow: params.flow,
      recipientId: idOf(recipientId),
      subjects: subjectsOf(customers),
      justification,
      attested: attestedOf(attested),
    });
    return {
      ...previewAnswer(previewed),
      checks: checks.map(({ check, isMet }) => ({ check: check.check, says: sayCheck(check), isMet })),
    };
  });
}
