// POST /v1/demands/:demandId/notice/sent
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdNoticeSent(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.tell, (demandId, who) => shell.demands.tell(demandId, who));
}
