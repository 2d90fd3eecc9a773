// GET /v1/resets
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { asId, parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getResets(http: FastifyInstance, { access, cursors, signIns }: Shell): void {
  serve(http, staffRoutes.listResets, async ({ query, principal }) => {
    requireRight(access, principal, "staff.list");
    const place = cursors.parse("resets", principal.principalId, query.cursor);
    const page = await signIns.staff.resets({ after: place === null ? null : parseId(place), limit: query.limit });
    const items = page.rows.flatMap(({ rowId, ownerId, endsAt, content: { path, askedBy, askedAt } }) =>
      endsAt === null
        ? []
        : [{ resetId: rowId, staffId: ownerId, path, askedBy: asId(askedBy), askedAt, endsAt: endsAt.toISOString() }],
    );
    return {
      items,
      unverified: [...page.unverified],
      next: cursors.print("resets", principal.principalId, page.next),
    };
  });
}
