// DELETE /v1/portal/session
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { serve } from "../serve.ts";
import { clearSessionCookie } from "../session-cookie.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, isSecure } from "../sign-in/signed-in.ts";
import { customerOf } from "./customer-of.ts";

export function deletePortalSession(http: FastifyInstance, shell: Shell): void {
  serve(http, portalRoutes.signOut, async ({ principal, request, reply }) => {
    const customer = customerOf(principal);
    const { sessionId } = customer.signIn;
    await shell.signIns.sessions.end(customer.principalId, { only: sessionId }, customer);
    if (carriedBy(request) === "cookie") clearSessionCookie(reply, "portal", isSecure(shell));
    return { id: sessionId };
  });
}
