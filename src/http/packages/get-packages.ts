// GET /v1/packages
import type { FastifyInstance } from "fastify";
import { packageRoutes } from "../../../contract/routes/packages.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireAnyRight } from "./may-read.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { packageAnswer } from "./package-answer.ts";

export function getPackages(http: FastifyInstance, shell: Shell): void {
  const { packages, cursors } = shell;
  serve(http, packageRoutes.list, async ({ query, principal }) => {
    await requireAnyRight(shell, principal);
    const cursor = cursors.parse("packages", principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const recipientId = query.recipientId === undefined ? undefined : idOf(query.recipientId);
    const { items, next } = await packages.page(principal, {
      after,
      limit: query.limit,
      state: query.state,
      recipientId,
    });
    return { items: items.map(packageAnswer), next: cursors.print("packages", principal.principalId, next) };
  });
}
