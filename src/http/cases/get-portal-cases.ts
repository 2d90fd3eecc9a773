// GET /v1/portal/cases
import type { FastifyInstance } from "fastify";
import { portalCaseRoutes } from "../../../contract/routes/cases.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { readAnswer } from "./case-answer.ts";

export function getPortalCases(http: FastifyInstance, { cases }: Shell): void {
  serve(http, portalCaseRoutes.list, async ({ query, principal }) => ({
    items: (await cases.ofCustomer(customerOf(principal), query.words)).map(readAnswer),
  }));
}
