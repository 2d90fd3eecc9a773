// POST /v1/me/totp
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postMeTotp(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.addTotp, ({ body, principal }) => signIns.addTotp(principal, body.name));
}
