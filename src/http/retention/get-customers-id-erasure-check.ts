// GET /v1/customers/:customerId/erasure-check
import type { FastifyInstance } from "fastify";
import { erasureRoutes } from "../../../contract/routes/operations.ts";
import { freeUnits } from "../../retention/retention.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdErasureCheck(http: FastifyInstance, shell: Shell): void {
  serve(http, erasureRoutes.check, async ({ params, query, principal }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "erasure.request", kind: "erasure", customerId });
    const unitId = query.unitId === undefined ? null : idOf(query.unitId);
    const { obstacles, units } = await shell.retention.whatForbidsErasure({ customerId, unitId });
    const free = new Set(
      freeUnits(
        units.map((unit) => unit.unitId),
        obstacles,
      ),
    );
    return {
      mayErase: obstacles.length === 0,
      obstacles: obstacles.map((one) => ({ ...one })),
      units: units.map(({ unitId: id, kind, line, status }) => ({
        unitId: id,
        kind,
        line,
        status,
        isFree: free.has(id),
      })),
    };
  });
}
