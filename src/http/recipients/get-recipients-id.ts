// GET /v1/recipients/:recipientId
import type { FastifyInstance } from "fastify";
import { recipientRoutes } from "../../../contract/routes/recipients.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { fileAnswer } from "./recipient-answer.ts";

export function getRecipientsId(http: FastifyInstance, shell: Shell): void {
  const { recipients, clock } = shell;
  serve(http, recipientRoutes.read, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "recipient.read", kind: "recipient", customerId: null });
    return fileAnswer(await recipients.file(idOf(params.recipientId)), clock.now());
  });
}
