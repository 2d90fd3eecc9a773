// POST /v1/demands/:demandId/notice/sent
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdNoticeSent(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.tell, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.tell(demandId, who)),
  );
}
