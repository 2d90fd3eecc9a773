// PATCH /v1/clients/:clientId/terms
import type { FastifyInstance } from "fastify";
import { clientKeyRoutes } from "../../../contract/routes/systems.ts";
import type { Terms } from "../../systems/systems.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { termsAnswer } from "./keys-answer.ts";

export function patchClientsIdTerms(http: FastifyInstance, { systems }: Shell): void {
  serve(http, clientKeyRoutes.setTerms, async ({ params, body, principal }) => {
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const set = await systems.setTerms(idOf(params.clientId), given as Partial<Terms>, principal);
    return { ...termsAnswer(set.terms), waiting: set.waiting === null ? null : termsAnswer(set.waiting) };
  });
}
