// POST /v1/reports/:reportId/concerned
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";

export function postReportsIdConcerned(http: FastifyInstance, { access, idempotency, reports }: Shell): void {
  serve(http, reportRoutes.shutOut, async ({ params, body, principal, request }) => {
    requireRight(access, principal, "report.shut-out");
    const reportId = idOf(params.reportId);
    const principalIds = body.principalIds.map(idOf);
    return idempotency.once(
      request,
      async (also) => {
        await reports.addConcerned(principal, { reportId, principalIds }, also);
        return { id: reportId };
      },
      () => ({ id: reportId }),
    );
  });
}
