// GET /v1/imports
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import type { RunPlace } from "../../import/import.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { runAnswers } from "./run-answer.ts";

export function getImports(http: FastifyInstance, shell: Shell): void {
  const { access, cursors, imports } = shell;
  serve(http, importRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "import.read");
    const after = parsePlace(cursors.parse("imports", principal.principalId, query.cursor));
    const runs = await imports.list(after, query.limit);
    const last = runs.length === query.limit ? runs.at(-1) : undefined;
    const place = last === undefined ? null : `${last.startedAt.toISOString()}/${last.importId}`;
    return {
      items: await runAnswers(shell, principal, runs),
      next: cursors.print("imports", principal.principalId, place),
    };
  });
}

function parsePlace(place: string | null): RunPlace | null {
  const [startedAt = "", id = ""] = place?.split("/") ?? [];
  const importId = parseId(id);
  return importId === null ? null : { startedAt: new Date(startedAt), importId };
}
