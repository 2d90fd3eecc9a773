// POST /v1/flows/:flow/preview
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { subjectsOf } from "./package-answer.ts";
import { previewAnswer } from "./post-package-previews.ts";

export function postFlowsPreview(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, flowRoutes.preview, async ({ params, body, principal, request }) => {
    await idempotency.check(request);
    await requireRecordedRight(shell, principal, { action: "package.make", kind: "package", customerId: null });
    const { recipientId, customers, justification = null } = body;
    const asked = { flow: params.flow, recipientId: idOf(recipientId), subjects: subjectsOf(customers), justification };
    return previewAnswer(await packages.previewFlow(principal, asked));
  });
}
