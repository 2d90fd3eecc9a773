// GET /v1/rights-workers
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getRightsWorkers(http: FastifyInstance, { access }: Shell): void {
  serve(http, rightRoutes.workers, async ({ principal }) => {
    requireRight(access, principal, "right.work");
    const holders = await access.listHolders("right.work");
    const items = holders.map(({ principalId, name }) => ({ principalId, name }));
    return { items: items.toSorted((one, other) => one.name.localeCompare(other.name)) };
  });
}
