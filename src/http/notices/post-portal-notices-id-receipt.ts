// POST /v1/portal/notices/:notice/receipt
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postPortalNoticesIdReceipt(http: FastifyInstance, shell: Shell): void {
  const { idempotency, notices } = shell;
  serve(http, noticeRoutes.receive, async ({ params, body, principal, request }) => {
    const asker = customerOf(principal);
    const { customerId } = asker;
    const { language } = body;
    const received = {
      notice: params.notice,
      language,
      channel: "portal",
      deliveredAt: null,
      documentId: null,
    } as const;
    return idempotency.once(
      request,
      async (also) => ({ id: await notices.deliver(customerId, received, { actor: asker, also }) }),
      ([made]) => ({ id: made ?? customerId }),
    );
  });
}
