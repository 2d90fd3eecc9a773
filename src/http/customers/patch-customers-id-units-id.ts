// PATCH /v1/customers/:customerId/units/:unitId
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { requireUnit } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function patchCustomersIdUnitsId(http: FastifyInstance, shell: Shell): void {
  const { idempotency, keys, vault } = shell;
  serve(http, customerRoutes.changeUnit, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const unitId = idOf(params.unitId);
    const attempt = { action: "unit.change", kind: "unit-change", customerId } as const;
    await requireUnit(shell, principal, { ...attempt, unitId });
    const { status } = body;
    const book = typeof body.book === "string" ? groupId(keys, body.book) : body.book;
    // Who requests cannot approve: moving a unit into one's own book would be assigning it to oneself.
    if (typeof book === "string" && principal.groups.includes(book))
      await refuse(shell, principal, attempt, new HttpError("not-permitted"));
    const change = {
      customerId,
      unitId,
      ...(status === undefined ? {} : { status }),
      ...(book === undefined ? {} : { book }),
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
