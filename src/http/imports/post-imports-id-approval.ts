// POST /v1/imports/:importId/approval
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { FeedsError } from "../../feeds/feeds.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import { idOf, type Shell } from "../shell.ts";
import { oneRunAnswer } from "./run-answer.ts";

export function postImportsIdApproval(http: FastifyInstance, shell: Shell): void {
  const { feeds, idempotency, imports } = shell;
  serve(http, importRoutes.approve, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "import.approve", kind: "grant", customerId: null });
    const importId = idOf(params.importId);
    // Whoever approves has the same file before them: a digest is not guessed.
    if (!(await imports.isOfFile(importId, body.sha256))) throw new FeedsError("other-file");
    return idempotency.once(
      request,
      async (also) => {
        await feeds.imports.approve(importId, principal, also);
        return oneRunAnswer(shell, principal, await imports.get(importId));
      },
      async () => oneRunAnswer(shell, principal, await imports.get(importId)),
    );
  });
}
