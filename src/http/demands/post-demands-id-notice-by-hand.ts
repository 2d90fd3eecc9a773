// POST /v1/demands/:demandId/notice/by-hand
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdNoticeByHand(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.byHand, (call) => {
    const { customerId, reference } = call.body;
    const told = { customerId: idOf(customerId), reference };
    return changeOnce(shell, call, (demandId, who) => shell.demands.toldByHand(demandId, told, who));
  });
}
