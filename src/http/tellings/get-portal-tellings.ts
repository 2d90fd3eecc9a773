// GET /v1/portal/tellings
import type { FastifyInstance } from "fastify";
import { portalTellingRoutes } from "../../../contract/routes/tellings.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownTellingAnswer } from "./telling-answer.ts";

export function getPortalTellings(http: FastifyInstance, shell: Shell): void {
  serve(http, portalTellingRoutes.list, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    const found = await shell.tellings.ofCustomer(customerId);
    return { items: await Promise.all(found.map((face) => ownTellingAnswer(shell, face))) };
  });
}
