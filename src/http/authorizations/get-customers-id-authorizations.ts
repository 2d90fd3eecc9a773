// GET /v1/customers/:customerId/authorizations
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { authorizationAnswer } from "./authorization-answer.ts";

export function getCustomersIdAuthorizations(http: FastifyInstance, shell: Shell): void {
  const { authorizations, clock } = shell;
  serve(http, authorizationRoutes.list, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "authorization.read", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    const rows = await authorizations.list(customerId);
    const uses = await authorizations.lastUses(
      customerId,
      rows.map(({ rowId }) => rowId),
    );
    return { items: rows.map((row) => authorizationAnswer(row, uses.get(row.rowId), clock.now())) };
  });
}
