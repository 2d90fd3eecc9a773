// PATCH /v1/clients/:clientId
import type { FastifyInstance } from "fastify";
import { clientRoutes } from "../../../contract/routes/access.ts";
import type { StatusAction } from "../../access/access.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

const ACTIONS: Readonly<Record<"active" | "suspended" | "revoked", StatusAction>> = {
  active: "client.resume",
  suspended: "client.suspend",
  revoked: "client.revoke",
};

export function patchClientsId(http: FastifyInstance, { access, idempotency }: Shell): void {
  serve(http, clientRoutes.change, ({ params, body, principal, request }) => {
    const principalId = idOf(params.clientId);
    const { status } = body;
    const answer = { clientId: principalId, status };
    return idempotency.once(
      request,
      async (also) => {
        await access.setClientStatus({ principalId, action: ACTIONS[status] }, principal, also);
        return answer;
      },
      () => answer,
    );
  });
}
