// POST /v1/demands/:demandId/objections
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdObjections(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.object, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.object(demandId, call.body.ground, who)),
  );
}
