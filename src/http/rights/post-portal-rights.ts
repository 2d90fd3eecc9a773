// POST /v1/portal/rights
import type { FastifyInstance } from "fastify";
import { portalRightRoutes } from "../../../contract/routes/rights.ts";
import { HttpError } from "../errors.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownFaceAnswer } from "./right-answer.ts";
import { correctionOf } from "./step-of.ts";

export function postPortalRights(http: FastifyInstance, shell: Shell): void {
  const { idempotency, requests } = shell;
  serve(http, portalRightRoutes.open, async ({ body, principal, request }) => {
    const asker = customerOf(principal);
    const { customerId } = asker;
    const nothing = { receivedAt: null, authorityDocumentId: null } as const;
    const asked = { ...body, ...nothing, customerId, correction: correctionOf(body), channel: "portal" } as const;
    return idempotency.once(
      request,
      async (also) => ownFaceAnswer(shell, await requests.takeIn(asker, asked, also)),
      async ([requestId]) => {
        if (requestId === undefined) throw new HttpError("conflict");
        return ownFaceAnswer(shell, await requests.faceOf({ customerId, requestId }));
      },
    );
  });
}
