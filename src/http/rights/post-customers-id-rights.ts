// POST /v1/customers/:customerId/rights
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { faceAnswer } from "./right-answer.ts";
import { correctionOf } from "./step-of.ts";

export function postCustomersIdRights(http: FastifyInstance, shell: Shell): void {
  const { idempotency, requests } = shell;
  serve(http, rightRoutes.file, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const attempt = { action: "right.file", kind: "right", customerId } as const;
    // The privacy side files for whoever writes, and sees every request; others for those whom they have in hand.
    if (shell.access.may(principal, "right.read")) await requireRecordedRight(shell, principal, attempt);
    else await requireCustomer(shell, principal, attempt);
    const isSystem = principal.role === "service-account";
    if (isSystem && body.authorityDocumentId === null)
      throw new HttpError("invalid-request", { detail: "a system files with the document that shows its authority" });
    const asked = {
      ...body,
      customerId,
      correction: correctionOf(body),
      channel: isSystem ? "api" : "staff",
      receivedAt: body.receivedAt === null ? null : new Date(body.receivedAt),
      authorityDocumentId: body.authorityDocumentId === null ? null : idOf(body.authorityDocumentId),
    } as const;
    return idempotency.once(
      request,
      async (also) => faceAnswer(shell, await requests.takeIn(principal, asked, also)),
      async ([requestId]) => {
        if (requestId === undefined) throw new HttpError("conflict");
        return faceAnswer(shell, await requests.faceOf({ customerId, requestId }));
      },
    );
  });
}
