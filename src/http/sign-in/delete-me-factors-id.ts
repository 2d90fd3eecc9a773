// DELETE /v1/me/factors/:factorId
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { tellCustomer } from "./tell-customer.ts";
import { whence } from "./signed-in.ts";

export function deleteMeFactorsId(http: FastifyInstance, shell: Shell): void {
  serve(http, ownRoutes.removeFactor, async ({ params, principal, request }) => {
    const factorId = idOf(params.factorId);
    await shell.signIns.removeFactor(principal, factorId, whence(shell, request));
    await tellCustomer(shell, principal, factorId);
    return { id: factorId };
  });
}
