// POST /v1/customers/:customerId/representatives
import type { FastifyInstance } from "fastify";
import { representationRoutes } from "../../../contract/routes/representation.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { answerOf } from "./representation-answer.ts";
import { tellGranted } from "./tell-represented.ts";

export function postCustomersIdRepresentatives(http: FastifyInstance, shell: Shell): void {
  const { representations, idempotency } = shell;
  serve(http, representationRoutes.request, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const { startsAt, endsAt, unitIds, classes } = body;
    const asked = {
      customerId,
      kind: body.kind,
      representativeId: idOf(body.representativeId),
      documentId: idOf(body.documentId),
      unitIds: unitIds?.map(idOf) ?? null,
      classes: classes ?? null,
      startsAt: startsAt === undefined ? null : new Date(startsAt),
      endsAt: endsAt === undefined ? null : new Date(endsAt),
    };
    return idempotency.once(
      request,
      async (also) => {
        const representationId = await representations.request(asked, principal, also);
        await tellGranted(shell, { customerId, representationId });
        return answerOf(shell, customerId, representationId);
      },
      ([made]) => answerOf(shell, customerId, made),
    );
  });
}
