// GET /v1/authorization-forms
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { formAnswer } from "./authorization-answer.ts";

export function getAuthorizationForms(http: FastifyInstance, { access, authorizations }: Shell): void {
  serve(http, authorizationRoutes.forms, async ({ principal }) => {
    requireRight(access, principal, "authorization.read");
    return { items: [...authorizations.forms.values()].map(formAnswer) };
  });
}
