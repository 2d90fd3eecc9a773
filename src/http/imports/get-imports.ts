// GET /v1/imports
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import type { RunPlace } from "../../import/import.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { runAnswer } from "./run-answer.ts";

export function getImports(http: FastifyInstance, { access, cursors, imports }: Shell): void {
  serve(http, importRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "import.read");
    const after = parsePlace(cursors.parse("imports", principal.principalId, query.cursor));
    const runs = await imports.list(after, query.limit);
    const last = runs.length === query.limit ? runs.at(-1) : undefined;
    const place = last === undefined ? null : `${last.startedAt.toISOString()}/${last.importId}`;
    const maySeeMatches = access.may(principal, "match.decide");
    return {
      items: runs.map((run) => runAnswer(run, maySeeMatches)),
      next: cursors.print("imports", principal.principalId, place),
    };
  });
}

function parsePlace(place: string | null): RunPlace | null {
  const [startedAt = "", id = ""] = place?.split("/") ?? [];
  const importId = parseId(id);
  return importId === null ? null : { startedAt: new Date(startedAt), importId };
}
