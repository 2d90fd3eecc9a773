// POST /v1/imports
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import type { Shell } from "../shell.ts";
import { requireMapping } from "./may-import.ts";
import { originSaid } from "../customers/origins.ts";
import { oneRunAnswer } from "./run-answer.ts";

export function postImports(http: FastifyInstance, shell: Shell): void {
  serve(http, importRoutes.start, async ({ body, principal }) => {
    await requireRecordedRight(shell, principal, { action: "import.run", kind: "import", customerId: null });
    const { needsApproval } = await requireMapping(shell, principal, body.mapping);
    const run = await shell.imports.start({ ...body, origin: originSaid(body.origin) }, principal.principalId);
    if (needsApproval && run.state === "running") await shell.feeds.imports.request(run.importId, principal);
    return oneRunAnswer(shell, principal, run);
  });
}
