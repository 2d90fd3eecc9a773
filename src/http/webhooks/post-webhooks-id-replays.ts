// POST /v1/webhooks/:webhookId/replays
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { webhookRoutes } from "../../../contract/routes/webhooks.ts";
import type { webhookReplay } from "../../../contract/webhooks.ts";
import type { Replaying } from "../../downstream/downstream.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postWebhooksIdReplays(http: FastifyInstance, { downstream, idempotency }: Shell): void {
  serve(http, webhookRoutes.replay, ({ params, body, principal, request }) => {
    const webhookId = idOf(params.webhookId);
    return idempotency.once(
      request,
      async (also) => {
        const events = await downstream.replay({ webhookId, replaying: replayingOf(body) }, principal, also);
        return { webhookId, events };
      },
      () => ({ webhookId, events: null }),
    );
  });
}

function replayingOf(body: z.output<typeof webhookReplay>): Replaying {
  if (body.what === "since") return { what: "since", since: new Date(body.since) };
  return body.what === "entries" ? { what: "entries", entryIds: body.entryIds.map(idOf) } : body;
}
