// GET /v1/customers/:customerId/notices
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { deliveryAnswer, mailAnswer } from "./notice-answer.ts";

export function getCustomersIdNotices(http: FastifyInstance, shell: Shell): void {
  const { notices } = shell;
  serve(http, noticeRoutes.deliveries, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "notice.read", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    const [items, mails, due] = await Promise.all([
      notices.deliveries(customerId),
      notices.mails(customerId),
      notices.due(customerId),
    ]);
    return { items: items.map(deliveryAnswer), mails: mails.map(mailAnswer), due: due.map(({ notice }) => notice) };
  });
}
