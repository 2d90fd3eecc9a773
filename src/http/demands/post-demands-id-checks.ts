// POST /v1/demands/:demandId/checks
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdChecks(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.check, (demandId, who, body) => shell.demands.check(demandId, body, who));
}
