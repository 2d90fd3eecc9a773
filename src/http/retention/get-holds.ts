// GET /v1/holds
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { holdAnswer } from "./hold-answer.ts";

export function getHolds(http: FastifyInstance, shell: Shell): void {
  const { retention, cursors } = shell;
  serve(http, holdRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "hold.read", kind: "hold", customerId: null });
    const name = `holds ${query.state ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await retention.holds.list({ state: query.state ?? null }, { after, limit: query.limit });
    return { items: page.items.map(holdAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
