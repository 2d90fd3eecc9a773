// GET /v1/portal/choices
import type { FastifyInstance } from "fastify";
import { choiceRoutes } from "../../../contract/routes/choices.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { choicesAnswer } from "./choice-answer.ts";

export function getPortalChoices(http: FastifyInstance, shell: Shell): void {
  serve(http, choiceRoutes.own, ({ principal }) => choicesAnswer(shell, customerOf(principal).customerId));
}
