// POST /v1/clients/:clientId/approval
import type { FastifyInstance } from "fastify";
import { clientKeyRoutes } from "../../../contract/routes/systems.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { keysAnswer } from "./keys-answer.ts";

export function postClientsIdApproval(http: FastifyInstance, shell: Shell): void {
  serve(http, clientKeyRoutes.approve, async ({ params, principal }) => {
    const clientId = idOf(params.clientId);
    await shell.systems.approve(clientId, principal);
    return keysAnswer(shell, clientId);
  });
}
