// GET /v1/customers/:customerId/links
import type { FastifyInstance } from "fastify";
import { linkRoutes } from "../../../contract/routes/customers.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer } from "./may-write.ts";
import { recordView } from "./record-view.ts";

export function getCustomersIdLinks(http: FastifyInstance, shell: Shell): void {
  const { cursors, vault } = shell;
  serve(http, linkRoutes.list, async ({ params, query, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "customer.link", kind: "link-read", customerId });
    const operation = `links/${customerId}`;
    const place = cursors.parse(operation, principal.principalId, query.cursor);
    await recordView(shell, principal, "link-read", customerId);
    const after = place === null ? null : parseId(place);
    const sides = await vault.links(customerId, { after, limit: query.limit });
    const last = sides.length === query.limit ? (sides.at(-1)?.linkId ?? null) : null;
    return {
      items: sides.map(({ linkId, otherCustomerId, kind, side, unitId, ended }) => {
        const holder = side === "to" ? ("other" as const) : ("this" as const);
        return { linkId, customerId, otherCustomerId, kind, holder, unitId, ended };
      }),
      next: cursors.print(operation, principal.principalId, last),
    };
  });
}
