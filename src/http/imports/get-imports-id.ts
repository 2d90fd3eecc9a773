// GET /v1/imports/:importId
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { oneRunAnswer } from "./run-answer.ts";

export function getImportsId(http: FastifyInstance, shell: Shell): void {
  serve(http, importRoutes.get, async ({ params, principal }) => {
    requireRight(shell.access, principal, "import.read");
    return oneRunAnswer(shell, principal, await shell.imports.get(idOf(params.importId)));
  });
}
