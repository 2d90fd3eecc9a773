// POST /v1/demands/:demandId/approvals
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdApprovals(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.approve, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.approve(demandId, who)),
  );
}
