// POST /v1/clients/:clientId/keys
import type { FastifyInstance } from "fastify";
import { clientKeyRoutes } from "../../../contract/routes/systems.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { keysAnswer, proofsOf } from "./keys-answer.ts";

export function postClientsIdKeys(http: FastifyInstance, shell: Shell): void {
  serve(http, clientKeyRoutes.add, async ({ params, body, principal }) => {
    const clientId = idOf(params.clientId);
    await shell.systems.addProofs(clientId, proofsOf(body, shell.clock.now()), principal);
    return keysAnswer(shell, clientId);
  });
}
