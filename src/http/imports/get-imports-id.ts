// GET /v1/imports/:importId
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { runAnswer } from "./run-answer.ts";

export function getImportsId(http: FastifyInstance, { access, imports }: Shell): void {
  serve(http, importRoutes.get, async ({ params, principal }) => {
    requireRight(access, principal, "import.read");
    return runAnswer(await imports.get(idOf(params.importId)), access.may(principal, "match.decide"));
  });
}
