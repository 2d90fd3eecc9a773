// GET /v1/principals/:principalId/customers
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { instantOf } from "./entry-answer.ts";

export function getPrincipalsIdCustomers(http: FastifyInstance, { cursors, gate }: Shell): void {
  serve(http, ledgerRoutes.seenBy, async ({ params, query, principal }) => {
    const cursor = cursors.parse("seen", principal.principalId, query.cursor);
    const { from, to, limit } = query;
    const asked = { principalId: idOf(params.principalId), from: new Date(from), to: new Date(to) };
    const page = await gate.customersSeen(principal, asked, { cursor, limit });
    return {
      items: page.items.map(({ customerId, times, lastAt }) => ({
        customerId,
        disclosures: times,
        lastAt: instantOf(lastAt),
      })),
      next: cursors.print("seen", principal.principalId, page.next),
    };
  });
}
