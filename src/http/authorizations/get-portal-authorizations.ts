// GET /v1/portal/authorizations
import type { FastifyInstance } from "fastify";
import { authorizationRoutes } from "../../../contract/routes/authorizations.ts";
import { recordView } from "../customers/record-view.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { faceOf, formAnswer } from "./authorization-answer.ts";

export function getPortalAuthorizations(http: FastifyInstance, shell: Shell): void {
  const { authorizations, clock } = shell;
  serve(http, authorizationRoutes.own, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    await recordView(shell, principal, "flag-read", customerId);
    const rows = await authorizations.list(customerId);
    const uses = await authorizations.lastUses(
      customerId,
      rows.map(({ rowId }) => rowId),
    );
    const named = new Set(rows.map(({ content }) => content.form));
    const forms = [...authorizations.forms.values()].filter((form) => form.portal || named.has(form.form));
    return {
      items: rows.map((row) => faceOf(row, uses.get(row.rowId), clock.now())),
      forms: forms.map(formAnswer),
    };
  });
}
