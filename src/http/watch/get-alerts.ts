// GET /v1/alerts?state=
import type { FastifyInstance } from "fastify";
import { alertRoutes } from "../../../contract/routes/watch.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { parseId } from "../../kernel/ids.ts";
import type { Shell } from "../shell.ts";
import { alertAnswer } from "./alert-answer.ts";

export function getAlerts(http: FastifyInstance, shell: Shell): void {
  const { cursors, watch } = shell;
  serve(http, alertRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "alert.list", kind: "alert", customerId: null });
    const { state, limit } = query;
    const place = cursors.parse("alerts", principal.principalId, query.cursor);
    const { items, unverified, next } = await watch.alerts.list({ state, limit, after: parseId(place ?? "") });
    return {
      items: items.map(alertAnswer),
      unverified: [...unverified],
      next: cursors.print("alerts", principal.principalId, next),
    };
  });
}
