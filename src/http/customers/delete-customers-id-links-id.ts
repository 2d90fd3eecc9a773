// DELETE /v1/customers/:customerId/links/:linkId
import type { FastifyInstance } from "fastify";
import { linkRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function deleteCustomersIdLinksId(http: FastifyInstance, shell: Shell): void {
  const { idempotency, vault } = shell;
  serve(http, linkRoutes.end, async ({ params, principal, request }) => {
    const link = { customerId: idOf(params.customerId), linkId: idOf(params.linkId) };
    await requireCustomer(shell, principal, { action: "customer.link", kind: "link", customerId: link.customerId });
    return idempotency.once(
      request,
      async (also) => {
        await vault.endLink(link, writeActor(principal, also));
        return { id: link.linkId };
      },
      () => ({ id: link.linkId }),
    );
  });
}
