// POST /v1/customers
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { customerDraft } from "../../../contract/customers.ts";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { Authenticated } from "../../access/access.ts";
import { newId } from "../../kernel/ids.ts";
import type { CustomerDraft } from "../../vault/vault.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { idsOf, newUnitDraft } from "./drafts.ts";
import { requireCustomer, requirePlaces } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";
import { writtenAnswer } from "./written-answer.ts";

const ATTEMPT = { action: "customer.create", kind: "customer-create", customerId: null } as const;

export function postCustomers(http: FastifyInstance, shell: Shell): void {
  const { idempotency, vault } = shell;
  serve(http, customerRoutes.create, async ({ body, principal, request }) => {
    await requireRecordedRight(shell, principal, ATTEMPT);
    await requirePlaces(shell, principal, ATTEMPT, body.units);
    return idempotency.once(
      request,
      async (also) => {
        const draft = await draftOf(shell, principal, body);
        const { customerId } = draft;
        // Known by the client's own key: then it must be within reach like any other.
        if (draft.create === null)
          await requireCustomer(shell, principal, { ...ATTEMPT, kind: "record-create", customerId });
        const ids = idsOf(draft);
        const actor = writeActor(principal, (tx, [act]) => also(tx, act === undefined ? ids : [act, ...ids]));
        const { entry } = await vault.create([draft], actor);
        return writtenAnswer(body.units, [entry.entryId, ...ids]);
      },
      (ids) => writtenAnswer(body.units, ids),
    );
  });
}

/**
 * INVARIANT: a key that another client or a feed has used leads to its customer only where that is within reach, and is as good as new where it is
 * not: no answer, now or on a second try, tells whether anybody is known by it.
 */
async function draftOf(
  shell: Shell,
  principal: Authenticated,
  { kind, units, source }: z.output<typeof customerDraft>,
): Promise<CustomerDraft> {
  const drafts = units.map((unit) => newUnitDraft(shell, unit));
  const nobody = { customerId: newId(), create: { kind }, sources: [], units: drafts };
  if (source === undefined) return nobody;
  const { system, key } = source;
  const own = { system, kind: `customer-of/${principal.principalId}`, key };
  const [fed, mine] = await shell.vault.sources([{ system, kind: "customer", key }, own]);
  // Asked of a nobody too, so that it takes as long.
  const isFedReached = await shell.gate.reaches(principal, fed?.customerId ?? nobody.customerId);
  const known = isFedReached ? fed : mine;
  if (!known) return { ...nobody, sources: [own] };
  return { customerId: known.customerId, create: null, sources: [], units: drafts };
}
