// POST /v1/demands/:demandId/notice
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdNotice(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.notice, (call) => {
    const { mode, ground = null, untilAt } = call.body;
    const notice = { mode, ground, untilAt: untilAt === undefined ? null : new Date(untilAt) };
    return changeOnce(shell, call, (demandId, who) => shell.demands.settleNotice(demandId, notice, who));
  });
}
