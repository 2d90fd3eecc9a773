// POST /v1/clients/:clientId/secret
import type { FastifyInstance } from "fastify";
import { clientRoutes } from "../../../contract/routes/access.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postClientsIdSecret(http: FastifyInstance, { systems }: Shell): void {
  serve(http, clientRoutes.rotateSecret, async ({ params, principal }) => {
    return { token: await systems.rotateSecret(idOf(params.clientId), principal) };
  });
}
