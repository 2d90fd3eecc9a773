// GET /v1/grants
import type { FastifyInstance } from "fastify";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { grantAnswer } from "./grant-answer.ts";

export function getGrants(http: FastifyInstance, { access, clock, cursors, grants }: Shell): void {
  serve(http, grantRoutes.list, async ({ query, principal }) => {
    const now = clock.now();
    if (query.of === "mine") {
      const items = (await grants.of(principal.principalId)).map((row) => grantAnswer(row, now));
      return { items, unverified: [], next: null };
    }
    requireRight(access, principal, "grant.list");
    const place = cursors.parse(`grants-${query.state}`, principal.principalId, query.cursor);
    const { state, limit } = query;
    const page = await grants.list({ state, after: place === null ? null : parseId(place), limit });
    return {
      items: page.rows.map((row) => grantAnswer(row, now)),
      unverified: [...page.unverified],
      next: cursors.print(`grants-${state}`, principal.principalId, page.next),
    };
  });
}
