// GET /v1/dilemmas/desk
import type { FastifyInstance } from "fastify";
import { dilemmaRoutes } from "../../../contract/routes/dilemmas.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getDilemmasDesk(http: FastifyInstance, { ethics }: Shell): void {
  serve(http, dilemmaRoutes.desk, async ({ principal }) => {
    if (principal.customerId !== null) throw new HttpError("not-permitted");
    const reviewers = await ethics.reviewers(principal);
    return { guidance: [...ethics.guidance], reviewers: [...reviewers] };
  });
}
