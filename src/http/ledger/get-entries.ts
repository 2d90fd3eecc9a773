// GET /v1/entries
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { entryAnswer } from "./entry-answer.ts";
import { filterOf } from "./entry-filter.ts";

export function getEntries(http: FastifyInstance, { cursors, gate }: Shell): void {
  serve(http, ledgerRoutes.entries, async ({ query, principal }) => {
    const cursor = cursors.parse("entries", principal.principalId, query.cursor);
    const page = await gate.entries(principal, filterOf(query), { cursor, limit: query.limit });
    return { items: page.items.map(entryAnswer), next: cursors.print("entries", principal.principalId, page.next) };
  });
}
