// GET /v1/portal/preferences
import type { FastifyInstance } from "fastify";
import { preferenceRoutes } from "../../../contract/routes/preferences.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownAnswer } from "./preference-answer.ts";

export function getPortalPreferences(http: FastifyInstance, shell: Shell): void {
  serve(http, preferenceRoutes.own, ({ principal }) => ownAnswer(shell, customerOf(principal)));
}
