// DELETE /v1/principals/:principalId/attestations/:attestationId
import type { FastifyInstance } from "fastify";
import { attestationRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deletePrincipalsIdAttestationsId(http: FastifyInstance, { grants, idempotency }: Shell): void {
  serve(http, attestationRoutes.end, ({ params, principal, request }) => {
    const at = { principalId: idOf(params.principalId), attestationId: idOf(params.attestationId) };
    const answer = { attestationId: at.attestationId };
    return idempotency.once(
      request,
      async (also) => {
        await grants.endAttestation(at, principal, also);
        return answer;
      },
      () => answer,
    );
  });
}
