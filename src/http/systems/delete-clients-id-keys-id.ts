// DELETE /v1/clients/:clientId/keys/:keyId
import type { FastifyInstance } from "fastify";
import { clientKeyRoutes } from "../../../contract/routes/systems.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteClientsIdKeysId(http: FastifyInstance, { systems }: Shell): void {
  serve(http, clientKeyRoutes.remove, async ({ params, principal }) => {
    const keyId = idOf(params.keyId);
    await systems.removeProof(idOf(params.clientId), keyId, principal);
    return { id: keyId };
  });
}
