// GET /v1/recipients
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { listedAnswer } from "./recipient-answer.ts";

export function getRecipients(http: FastifyInstance, shell: Shell): void {
  const { recipients, cursors, clock } = shell;
  serve(http, recipientRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "recipient.read", kind: "recipient", customerId: null });
    const cursor = cursors.parse("recipients", principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const { items, next } = await recipients.page({ after, limit: query.limit });
    return {
      items: items.map((file) => listedAnswer(file, clock.now())),
      next: cursors.print("recipients", principal.principalId, next),
    };
  });
}
