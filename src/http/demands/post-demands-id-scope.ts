// POST /v1/demands/:demandId/scope
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { partOf } from "./demand-answer.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdScope(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.narrow, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.narrow(demandId, call.body.produced.map(partOf), who)),
  );
}
