// GET /v1/entries
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { entryQuery } from "../../../contract/ledger.ts";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import type { EntryFilter } from "../../ledger/ledger.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { entryAnswer } from "./entry-answer.ts";

export function getEntries(http: FastifyInstance, { cursors, gate }: Shell): void {
  serve(http, ledgerRoutes.entries, async ({ query, principal }) => {
    const cursor = cursors.parse("entries", principal.principalId, query.cursor);
    const page = await gate.entries(principal, filterOf(query), { cursor, limit: query.limit });
    return { items: page.items.map(entryAnswer), next: cursors.print("entries", principal.principalId, page.next) };
  });
}

function filterOf({ kind, actorId, customerId, from, to }: z.output<typeof entryQuery>): EntryFilter {
  return {
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(actorId === undefined ? {} : { actorId: idOf(actorId) }),
    ...(customerId === undefined ? {} : { customerId: idOf(customerId) }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}
