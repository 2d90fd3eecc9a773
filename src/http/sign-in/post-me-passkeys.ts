// POST /v1/me/passkeys
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { addedAnswer } from "./added-answer.ts";
import { attestation } from "./passkey-answers.ts";
import { tellCustomer } from "./tell-customer.ts";
import { whence } from "./signed-in.ts";

export function postMePasskeys(http: FastifyInstance, shell: Shell): void {
  serve(http, ownRoutes.addPasskey, async ({ body, principal, request, reply }) => {
    const { state, name, response } = body;
    const answer = { state, name, response: attestation(response) };
    const added = await shell.signIns.addPasskey(principal, answer, whence(shell, request));
    await tellCustomer(shell, principal, added.factorId);
    return addedAnswer(shell, { request, reply }, added);
  });
}
