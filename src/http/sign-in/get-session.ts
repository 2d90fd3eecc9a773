// GET /v1/session
import type { FastifyInstance } from "fastify";
import { sessionRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { sessionAnswer } from "./signed-in.ts";

export function getSession(http: FastifyInstance, shell: Shell): void {
  serve(http, sessionRoutes.get, ({ principal }) => sessionAnswer(shell, principal));
}
