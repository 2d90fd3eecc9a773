// POST /v1/imports
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { runAnswer } from "./run-answer.ts";

export function postImports(http: FastifyInstance, { access, imports }: Shell): void {
  serve(http, importRoutes.start, async ({ body, principal }) => {
    requireRight(access, principal, "import.run");
    return runAnswer(await imports.start(body, principal.principalId));
  });
}
