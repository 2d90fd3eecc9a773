// POST /v1/demands/:demandId/checks
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdChecks(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.check, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.check(demandId, call.body, who)),
  );
}
