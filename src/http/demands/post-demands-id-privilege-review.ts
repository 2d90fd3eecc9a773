// POST /v1/demands/:demandId/privilege-review
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdPrivilegeReview(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.review, (demandId, who) => shell.demands.review(demandId, who));
}
