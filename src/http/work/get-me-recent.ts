// GET /v1/me/recent
import type { FastifyInstance } from "fastify";
import { workRoutes } from "../../../contract/routes/work.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

const DAYS = 31;
const DAY_MS = 86_400_000;

export function getMeRecent(http: FastifyInstance, { ledger, clock }: Shell): void {
  serve(http, workRoutes.recent, async ({ query, principal }) => {
    const since = new Date(clock.now().getTime() - DAYS * DAY_MS);
    const seen = await ledger.recentCustomers({ actorId: principal.principalId, since, limit: query.limit });
    const items = seen.map(({ customerId, at, kind, purpose }) => ({
      customerId,
      lastAt: new Date(at * 1000).toISOString(),
      kind,
      purpose,
    }));
    return { items };
  });
}
