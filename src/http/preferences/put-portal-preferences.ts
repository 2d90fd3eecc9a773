// PUT /v1/portal/preferences
import type { FastifyInstance } from "fastify";
import { preferenceRoutes } from "../../../contract/routes/preferences.ts";
import { SignInError } from "../../signin/signin.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { givenOf, ownAnswer } from "./preference-answer.ts";

export function putPortalPreferences(http: FastifyInstance, shell: Shell): void {
  const { idempotency, preferences, signIns } = shell;
  serve(http, preferenceRoutes.setOwn, async ({ body, principal, request }) => {
    const asker = customerOf(principal);
    // INVARIANT: a session left open moves nobody's letters elsewhere.
    const moves = body.alternative !== undefined || body.onPaper !== undefined;
    if (moves && !(await signIns.face(asker)).mayChangeFactors) throw new SignInError("step-up-needed");
    return idempotency.once(
      request,
      async (also) => {
        await preferences.set(asker, asker.customerId, givenOf(body), also);
        return ownAnswer(shell, asker);
      },
      () => ownAnswer(shell, asker),
    );
  });
}
