// GET /v1/customers/:customerId/viewers
import type { FastifyInstance } from "fastify";
import { statisticsRoutes } from "../../../contract/routes/statistics.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdViewers(http: FastifyInstance, { gate }: Shell): void {
  serve(http, statisticsRoutes.viewers, async ({ params, principal }) => {
    const viewers = await gate.viewers(principal, idOf(params.customerId));
    const items = viewers.map(({ actorId, lastAt, ...rest }) => ({
      ...rest,
      principalId: actorId,
      lastAt: new Date(lastAt * 1000).toISOString(),
    }));
    return { items };
  });
}
