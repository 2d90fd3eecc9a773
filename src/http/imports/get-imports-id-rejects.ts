// GET /v1/imports/:importId/rejects
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import type { RejectPlace } from "../../import/import.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";

export function getImportsIdRejects(http: FastifyInstance, { access, cursors, imports }: Shell): void {
  serve(http, importRoutes.rejects, async ({ params, query, principal }) => {
    requireRight(access, principal, "import.read");
    const { importId } = await imports.get(idOf(params.importId));
    const operation = `rejects/${importId}`;
    const after = parsePlace(cursors.parse(operation, principal.principalId, query.cursor));
    const items = await imports.rejects(importId, after, query.limit);
    const last = items.length === query.limit ? items.at(-1) : undefined;
    const place = last === undefined ? null : `${last.line}/${last.field}`;
    return { items, next: cursors.print(operation, principal.principalId, place) };
  });
}

function parsePlace(place: string | null): RejectPlace | null {
  const [line, field] = place?.split("/") ?? [];
  return line === undefined || field === undefined ? null : { line: Number(line), field };
}
