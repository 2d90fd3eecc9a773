// GET /v1/erasures/:erasureId
import type { FastifyInstance } from "fastify";
import { erasureRoutes } from "../../../contract/routes/operations.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { erasureAnswer } from "./erasure-answer.ts";

export function getErasuresId(http: FastifyInstance, shell: Shell): void {
  const { access } = shell;
  serve(http, erasureRoutes.get, async ({ params, principal }) => {
    if (!access.may(principal, "erasure.request") && !access.may(principal, "ledger.read"))
      throw new HttpError("not-permitted");
    return erasureAnswer(shell, idOf(params.erasureId));
  });
}
