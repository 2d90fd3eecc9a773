// POST /v1/demands/:demandId/closing
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdClosing(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.close, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.close(demandId, call.body.how, who)),
  );
}
