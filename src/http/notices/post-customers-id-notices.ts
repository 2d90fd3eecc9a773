// POST /v1/customers/:customerId/notices
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { deliveryAnswer } from "./notice-answer.ts";

export function postCustomersIdNotices(http: FastifyInstance, shell: Shell): void {
  const { idempotency, notices } = shell;
  serve(http, noticeRoutes.deliver, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "notice.deliver", kind: "notice", customerId });
    const answer = async (made: Uuid | undefined) => {
      const row = (await notices.deliveries(customerId)).find(({ rowId }) => rowId === made);
      if (row === undefined) throw new HttpError("not-found");
      return deliveryAnswer(row);
    };
    const { deliveredAt, documentId, ...said } = body;
    const delivered = {
      ...said,
      deliveredAt: deliveredAt === undefined ? null : new Date(deliveredAt),
      documentId: documentId === undefined ? null : idOf(documentId),
    };
    return idempotency.once(
      request,
      async (also) => answer(await notices.deliver(customerId, delivered, { actor: principal, also })),
      ([made]) => answer(made),
    );
  });
}
