// POST /v1/demands/:demandId/objections/outcome
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdObjectionsOutcome(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.settle, (demandId, who, { outcome }) =>
    shell.demands.settleObjection(demandId, outcome, who),
  );
}
