// PATCH /v1/customers/:customerId/units/:unitId
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { requireCustomer } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function patchCustomersIdUnitsId(http: FastifyInstance, shell: Shell): void {
  const { idempotency, keys, vault } = shell;
  serve(http, customerRoutes.changeUnit, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const unitId = idOf(params.unitId);
    await requireCustomer(shell, principal, "unit.change", customerId);
    const { status, book } = body;
    const change = {
      customerId,
      unitId,
      ...(status === undefined ? {} : { status }),
      ...(book === undefined ? {} : { book: book === null ? null : groupId(keys, book) }),
    };
    return idempotency.once(
      request,
      async (also) => {
        await vault.changeUnit(change, writeActor(principal, also));
        return { id: unitId };
      },
      () => ({ id: unitId }),
    );
  });
}
