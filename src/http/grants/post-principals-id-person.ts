// POST /v1/principals/:principalId/person
import type { FastifyInstance } from "fastify";
import { attestationRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postPrincipalsIdPerson(http: FastifyInstance, { grants, idempotency }: Shell): void {
  serve(http, attestationRoutes.identify, ({ params, body, principal, request }) => {
    const principalId = idOf(params.principalId);
    return idempotency.once(
      request,
      async (also) => ({ principalId: await grants.identifyPerson({ principalId, ...body }, principal, also) }),
      () => ({ principalId }),
    );
  });
}
