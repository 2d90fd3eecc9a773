// GET /v1/suggestions
import type { FastifyInstance } from "fastify";
import { suggestionRoutes } from "../../../contract/routes/customers.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { recordView } from "./record-view.ts";

export function getSuggestions(http: FastifyInstance, { access, cursors, ledger, vault }: Shell): void {
  serve(http, suggestionRoutes.list, async ({ query, principal }) => {
    const attempt = { action: "match.decide", kind: "match-read", customerId: null } as const;
    await requireRecordedRight({ access, ledger }, principal, attempt);
    const after = parsePlace(cursors.parse("suggestions", principal.principalId, query.cursor));
    await recordView({ ledger }, principal, attempt.kind, null);
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
