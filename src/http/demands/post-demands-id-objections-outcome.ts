// POST /v1/demands/:demandId/objections/outcome
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdObjectionsOutcome(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.settle, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.settleObjection(demandId, call.body.outcome, who)),
  );
}
