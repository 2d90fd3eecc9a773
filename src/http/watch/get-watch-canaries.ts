// GET /v1/watch/canaries
import type { FastifyInstance } from "fastify";
import { canaryRoutes } from "../../../contract/routes/watch.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getWatchCanaries(http: FastifyInstance, shell: Shell): void {
  serve(http, canaryRoutes.list, async ({ principal }) => {
    await requireRecordedRight(shell, principal, { action: "canary.list", kind: "alert", customerId: null });
    return { items: [...(await shell.watch.canaries.list())] };
  });
}
