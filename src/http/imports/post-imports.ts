// POST /v1/imports
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import type { Shell } from "../shell.ts";
import { requireMapping } from "./may-import.ts";
import { runAnswer } from "./run-answer.ts";

export function postImports(http: FastifyInstance, shell: Shell): void {
  const { access, imports } = shell;
  serve(http, importRoutes.start, async ({ body, principal }) => {
    await requireRecordedRight(shell, principal, { action: "import.run", kind: "import", customerId: null });
    await requireMapping(shell, principal, body.mapping);
    return runAnswer(await imports.start(body, principal.principalId), access.may(principal, "match.decide"));
  });
}
