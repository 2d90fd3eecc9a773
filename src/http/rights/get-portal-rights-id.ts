// GET /v1/portal/rights/:requestId
import type { FastifyInstance } from "fastify";
import { portalRightRoutes } from "../../../contract/routes/rights.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { ownRightAnswer } from "./right-answer.ts";

export function getPortalRightsId(http: FastifyInstance, shell: Shell): void {
  serve(http, portalRightRoutes.read, async ({ params, query, principal }) =>
    ownRightAnswer(shell, await shell.requests.readOwn(customerOf(principal), idOf(params.requestId), query.words)),
  );
}
