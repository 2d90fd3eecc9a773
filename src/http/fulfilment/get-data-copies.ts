// GET /v1/data-copies
import type { FastifyInstance } from "fastify";
import { dataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { packageAnswer } from "./data-copy-answer.ts";

export function getDataCopies(http: FastifyInstance, shell: Shell): void {
  const { fulfilment, cursors } = shell;
  serve(http, dataCopyRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "data-copy.read", kind: "fulfilment", customerId: null });
    const name = `data copies ${query.state ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await fulfilment.list(query.state ?? null, { after, limit: query.limit });
    return { items: page.items.map(packageAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
