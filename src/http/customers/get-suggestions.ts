// GET /v1/suggestions
import type { FastifyInstance } from "fastify";
import { suggestionRoutes } from "../../../contract/routes/customers.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getSuggestions(http: FastifyInstance, { access, cursors, vault }: Shell): void {
  serve(http, suggestionRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "match.decide");
    const after = parsePlace(cursors.parse("suggestions", principal.principalId, query.cursor));
    const found = await vault.matches({ customerId: null, state: null }, { after, limit: query.limit });
    const last = found.length === query.limit ? found.at(-1) : undefined;
    const place = last === undefined ? null : [last.customerId, last.otherCustomerId, last.reason].join("/");
    return {
      items: found.map(({ customerId, otherCustomerId, reason, state }) => ({
        customerId,
        otherCustomerId,
        reason,
        state,
      })),
      next: cursors.print("suggestions", principal.principalId, place),
    };
  });
}

function parsePlace(place: string | null) {
  const [customer = "", other = "", reason = ""] = place?.split("/") ?? [];
  const customerId = parseId(customer);
  const otherCustomerId = parseId(other);
  return customerId === null || otherCustomerId === null ? null : { customerId, otherCustomerId, reason };
}
