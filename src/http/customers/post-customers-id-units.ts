// POST /v1/customers/:customerId/units
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { HttpError } from "../errors.ts";
import { idsOf, newUnitDraft, pathsOf } from "./drafts.ts";
import { requireCustomer, requirePlaces } from "./may-write.ts";
import { requireAuthorizations } from "./origins.ts";
import { writeActor } from "./write-actor.ts";
import { writtenAnswer } from "./written-answer.ts";

export function postCustomersIdUnits(http: FastifyInstance, shell: Shell): void {
  const { changes, idempotency, vault } = shell;
  serve(http, customerRoutes.addUnit, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const attempt = { action: "customer.create", kind: "record-create", customerId } as const;
    await requireCustomer(shell, principal, attempt);
    await requirePlaces(shell, principal, attempt, [body]);
    if (body.records.some((record) => changes.mustWait(principal, pathsOf(record))))
      throw new HttpError("conflict", {
        detail: "payee, bank account, address and contact wait: add them by themselves",
      });
    await requireAuthorizations(
      shell,
      customerId,
      body.records.map(({ origin }) => origin),
    );
    return idempotency.once(
      request,
      async (also) => {
        const draft = { customerId, create: null, sources: [], units: [newUnitDraft(shell, body)] };
        const ids = idsOf(draft);
        const actor = writeActor(principal, (tx, [act]) => also(tx, act === undefined ? ids : [act, ...ids]));
        const { entry } = await vault.create([draft], actor);
        return writtenAnswer([body], [entry.entryId, ...ids]);
      },
      (ids) => writtenAnswer([body], ids),
    );
  });
}
