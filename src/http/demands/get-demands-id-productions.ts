// GET /v1/demands/:demandId/productions
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getDemandsIdProductions(http: FastifyInstance, shell: Shell): void {
  serve(http, demandRoutes.productions, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "demand.read", kind: "demand", customerId: null });
    const found = await shell.demands.productions(idOf(params.demandId));
    return { items: found.map((one) => ({ ...one, at: one.at.toISOString(), classes: [...one.classes] })) };
  });
}
