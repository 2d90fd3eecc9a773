// POST /v1/customers/:customerId/links
import type { FastifyInstance } from "fastify";
import { linkRoutes } from "../../../contract/routes/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdLinks(http: FastifyInstance, shell: Shell): void {
  const { idempotency, vault } = shell;
  serve(http, linkRoutes.create, async ({ params, body, principal, request }) => {
    const to = idOf(params.customerId);
    const from = idOf(body.otherCustomerId);
    const unitId = body.unitId === undefined ? null : idOf(body.unitId);
    for (const customerId of [to, from])
      await requireCustomer(shell, principal, { action: "customer.link", kind: "link", customerId });
    const answer = (linkId: Uuid | undefined) => {
      if (linkId === undefined) throw new HttpError("conflict");
      const { kind } = body;
      return { linkId, customerId: to, otherCustomerId: from, kind, holder: "other" as const, unitId, ended: false };
    };
    return idempotency.once(
      request,
      async (also) => {
        const { linkId } = await vault.link({ from, to, kind: body.kind, unitId }, writeActor(principal, also));
        return answer(linkId);
      },
      ([, linkId]) => answer(linkId),
    );
  });
}
