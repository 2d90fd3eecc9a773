// POST /v1/demands/:demandId/approvals
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdApprovals(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.approve, (demandId, who) => shell.demands.approve(demandId, who));
}
