// GET /v1/holds/:holdId
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { holdAnswer } from "./hold-answer.ts";

export function getHoldsId(http: FastifyInstance, shell: Shell): void {
  serve(http, holdRoutes.get, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "hold.read", kind: "hold", customerId: null });
    return holdAnswer(await shell.retention.holds.get(idOf(params.holdId)));
  });
}
