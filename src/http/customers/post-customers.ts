// POST /v1/customers
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { customerDraft } from "../../../contract/customers.ts";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import { newId } from "../../kernel/ids.ts";
import type { CustomerDraft } from "../../vault/vault.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { idsOf, newUnitDraft } from "./drafts.ts";
import { requireCustomer, requirePlace } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";
import { writtenAnswer } from "./written-answer.ts";

export function postCustomers(http: FastifyInstance, shell: Shell): void {
  const { access, idempotency, vault } = shell;
  serve(http, customerRoutes.create, async ({ body, principal, request }) => {
    requireRight(access, principal, "customer.create");
    for (const unit of body.units) requirePlace(shell, principal, unit);
    return idempotency.once(
      request,
      async (also) => {
        const draft = await draftOf(shell, body);
        // Known by its source's key: then it must be within reach like any other.
        if (draft.create === null) await requireCustomer(shell, principal, "customer.create", draft.customerId);
        const ids = idsOf(draft);
        const actor = writeActor(principal, (tx, [act]) => also(tx, act === undefined ? ids : [act, ...ids]));
        const { entry } = await vault.create([draft], actor);
        return writtenAnswer(body.units, [entry.entryId, ...ids]);
      },
      (ids) => writtenAnswer(body.units, ids),
    );
  });
}

async function draftOf(shell: Shell, { kind, units, source }: z.output<typeof customerDraft>): Promise<CustomerDraft> {
  const key = source === undefined ? null : { system: source.system, kind: "customer", key: source.key };
  const [known] = key === null ? [] : await shell.vault.sources([key]);
  const drafts = units.map((unit) => newUnitDraft(shell, unit));
  if (known) return { customerId: known.customerId, create: null, sources: [], units: drafts };
  return { customerId: newId(), create: { kind }, sources: key === null ? [] : [key], units: drafts };
}
