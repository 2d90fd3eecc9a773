// DELETE /v1/session
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { SignInError } from "../../signin/signin.ts";
import { serve } from "../serve.ts";
import { clearSessionCookie } from "../session-cookie.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, doorFor, isSecure } from "./signed-in.ts";

export function deleteSession(http: FastifyInstance, shell: Shell): void {
  serve(http, sessionRoutes.end, async ({ principal, request, reply }) => {
    if (principal.signIn === null) throw new SignInError("no-session");
    const { sessionId } = principal.signIn;
    await shell.signIns.sessions.end(principal.principalId, { only: sessionId }, principal);
    if (carriedBy(request) === "cookie") clearSessionCookie(reply, doorFor(principal), isSecure(shell));
    return { id: sessionId };
  });
}
