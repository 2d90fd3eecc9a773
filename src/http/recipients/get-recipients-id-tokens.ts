// GET /v1/recipients/:recipientId/tokens
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { givenTokens } from "../../../contract/recipients.ts";
import { recipientKeyRoutes } from "../../../contract/routes/recipients.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

type Item = z.output<typeof givenTokens>["items"][number];

export function getRecipientsIdTokens(http: FastifyInstance, shell: Shell): void {
  serve(http, recipientKeyRoutes.tokens, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "package.oversee", kind: "recipient", customerId: null });
    const counts = await shell.recipients.givenTokens(idOf(params.recipientId));
    const items = counts.map(({ firstAt, lastAt, tracedAt, ...count }) => ({
      ...count,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      tracedAt: tracedAt?.toISOString() ?? null,
    }));
    return { items: items as Item[] };
  });
}
