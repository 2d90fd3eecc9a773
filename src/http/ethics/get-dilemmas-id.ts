// GET /v1/dilemmas/:dilemmaId
import type { FastifyInstance } from "fastify";
import { dilemmaRoutes } from "../../../contract/routes/dilemmas.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { dilemmaAnswer } from "./dilemma-answer.ts";

export function getDilemmasId(http: FastifyInstance, { ethics }: Shell): void {
  serve(http, dilemmaRoutes.read, async ({ params, principal }) => {
    const read = await ethics.read(principal, idOf(params.dilemmaId));
    const { words, reasoning, mayDecide } = read;
    return { ...dilemmaAnswer(read), words, reasoning, mayDecide };
  });
}
