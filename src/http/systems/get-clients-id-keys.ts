// GET /v1/clients/:clientId/keys
import type { FastifyInstance } from "fastify";
import { clientKeyRoutes } from "../../../contract/routes/systems.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { keysAnswer } from "./keys-answer.ts";

export function getClientsIdKeys(http: FastifyInstance, shell: Shell): void {
  serve(http, clientKeyRoutes.list, async ({ params, principal }) => {
    const clientId = idOf(params.clientId);
    // Everybody may see their own.
    if (principal.principalId !== clientId) requireRight(shell.access, principal, "client.list");
    const described = await shell.access.describePrincipal(clientId);
    if (described?.kind !== "client") throw new HttpError("not-found");
    return keysAnswer(shell, clientId);
  });
}
