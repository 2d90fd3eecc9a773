// GET /v1/demands
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { demandAnswer } from "./demand-answer.ts";

export function getDemands(http: FastifyInstance, shell: Shell): void {
  const { cursors, demands } = shell;
  serve(http, demandRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "demand.read", kind: "demand", customerId: null });
    const { state = null, limit } = query;
    const name = `demands ${state ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await demands.list(state, { after, limit });
    return { items: page.items.map(demandAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
