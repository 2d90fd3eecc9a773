// GET /v1/customers/:customerId/notices
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { deliveryAnswer } from "./notice-answer.ts";

export function getCustomersIdNotices(http: FastifyInstance, shell: Shell): void {
  const { notices } = shell;
  serve(http, noticeRoutes.deliveries, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "notice.read", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    const [items, due] = await Promise.all([notices.deliveries(customerId), notices.due(customerId)]);
    return { items: items.map(deliveryAnswer), due: due.map(({ notice }) => notice) };
  });
}
