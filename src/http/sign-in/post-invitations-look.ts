// POST /v1/invitations/look
import type { FastifyInstance } from "fastify";
import { signInRoutes } from "../../../contract/routes/sign-in.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postInvitationsLook(http: FastifyInstance, { signIns }: Shell): void {
  servePublic(http, signInRoutes.lookAtInvitation, async ({ body }) => {
    const { endsAt, ...face } = await signIns.lookAtInvitation(body.token);
    const { lengthMin, lengthMax } = signIns.policy.password;
    return { ...face, endsAt: endsAt.toISOString(), password: { lengthMin, lengthMax } };
  });
}
