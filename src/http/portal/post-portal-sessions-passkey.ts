// POST /v1/portal/sessions/passkey
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { SignInError } from "../../signin/signin.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { assertion } from "../sign-in/passkey-answers.ts";
import { checkCarried, whence } from "../sign-in/signed-in.ts";
import { customerSessionAnswer } from "./customer-session-answer.ts";

export function postPortalSessionsPasskey(http: FastifyInstance, shell: Shell): void {
  servePublic(http, portalRoutes.byPasskey, async ({ body, request, reply }) => {
    const { state, response, as, deviceToken } = body;
    checkCarried(request, as);
    const from = whence(shell, request, deviceToken);
    const asked = { state, response: assertion(response), from, only: "customer" } as const;
    const entered = await shell.signIns.signInByPasskey(asked);
    const principal = await shell.signIns.sessions.authenticate(entered.token, true);
    if (principal?.customerId == null) throw new SignInError("not-in-force");
    const { principalId, customerId } = principal;
    const answer = customerSessionAnswer(shell, reply, as, { ...entered, principalId, customerId });
    return { ...answer, deviceToken: as === "token" ? entered.deviceToken : null };
  });
}
