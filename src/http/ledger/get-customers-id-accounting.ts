// GET /v1/customers/:customerId/accounting
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { instantOf } from "./entry-answer.ts";

export function getCustomersIdAccounting(http: FastifyInstance, { cursors, gate }: Shell): void {
  serve(http, ledgerRoutes.accounting, async ({ params, query, principal }) => {
    const cursor = cursors.parse("accounting", principal.principalId, query.cursor);
    const page = await gate.accounting(principal, idOf(params.customerId), { cursor, limit: query.limit });
    return {
      items: page.items.map(({ entry, actorRole }) => {
        const { entryId, at, kind, outcome, recipientId, purpose, basis, classes } = entry;
        const when = instantOf(at);
        return { entryId, at: when, kind, outcome, actorRole, recipientId, purpose, basis, classes: [...classes] };
      }),
      next: cursors.print("accounting", principal.principalId, page.next),
    };
  });
}
