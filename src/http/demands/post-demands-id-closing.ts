// POST /v1/demands/:demandId/closing
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdClosing(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.close, (demandId, who, { how }) => shell.demands.close(demandId, how, who));
}
