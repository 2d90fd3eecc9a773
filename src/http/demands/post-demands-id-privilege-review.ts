// POST /v1/demands/:demandId/privilege-review
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { changeOnce } from "./demand-change.ts";

export function postDemandsIdPrivilegeReview(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.review, (call) =>
    changeOnce(shell, call, (demandId, who) => shell.demands.review(demandId, who)),
  );
}
