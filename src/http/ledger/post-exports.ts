// POST /v1/exports
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { filterOf } from "./entry-filter.ts";

export function postExports(http: FastifyInstance, { access, gate, idempotency, signIns }: Shell): void {
  serve(http, ledgerRoutes.export, async ({ body, principal, request, reply }) => {
    await idempotency.check(request);
    // Whoever may not read the ledger is refused for that, on the record.
    if (access.may(principal, "ledger.read")) signIns.assertFresh(principal);
    const { columns, rows: rowsMax, filter } = body;
    const text = await gate.exportEntries(principal, { filter: filterOf(filter), columns, rowsMax });
    return reply
      .headers({ "content-disposition": 'attachment; filename="entries.csv"' })
      .type("text/csv; charset=utf-8; header=present")
      .send(text);
  });
}
