// POST /v1/customers/:customerId/records/:recordId/corrections
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import { givenChange } from "../../changes/changes.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer, requireUnit } from "./may-write.ts";
import { originGiven, ownOrigin, requireAuthorizations, withOrigin } from "./origins.ts";
import { pendingAnswer } from "./pending-answer.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdRecordsIdCorrections(http: FastifyInstance, shell: Shell): void {
  const { changes, idempotency, vault } = shell;
  serve(http, customerRoutes.correct, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const recordId = idOf(params.recordId);
    const attempt = { action: "customer.correct", kind: "record-correct", customerId } as const;
    await requireCustomer(shell, principal, attempt);
    const [stored] = await vault.loadRecords([customerId], { recordId });
    if (stored === undefined) return refuse(shell, principal, attempt, new HttpError("not-found"));
    const { recordType: type, unitId } = stored.record;
    await requireUnit(shell, principal, { ...attempt, unitId });
    const answer = (entryId: Uuid | undefined) => {
      if (entryId === undefined) throw new HttpError("conflict");
      return { customerId, units: [], records: [{ recordId, type, revision: body.expectedRevision + 1 }], entryId };
    };
    const paths = Object.keys(body.fields).map((name) => `${type}.${name}`);
    const origin = originGiven(vault, body.origin ?? ownOrigin(principal), stored.unit.header.kind);
    await requireAuthorizations(shell, customerId, [body.origin]);
    return idempotency.once(
      request,
      async (also) => {
        if (changes.mustWait(principal, paths)) {
          const documentId = body.documentId === undefined ? null : idOf(body.documentId);
          const asked = { ...body, documentId, origin, customerId, unitId, recordType: type, stored: stored.record };
          return pendingAnswer(customerId, await changes.ask(asked, principal, also));
        }
        const given = givenChange(vault, type, body.fields);
        const change = {
          customerId,
          recordId,
          expectedRevision: body.expectedRevision,
          evenIfSame: true,
          ...given,
          record: withOrigin(given.record, origin),
        };
        const { entry } = await vault.correct(change, { ...writeActor(principal, also), note: body.reason });
        if (entry === null) throw new HttpError("conflict", { detail: "nothing in this correction is new" });
        return answer(entry.entryId);
      },
      async ([entryId, changeId]) =>
        entryId === undefined || changeId === undefined
          ? answer(entryId)
          : pendingAnswer(customerId, { entryId, ...(await changes.find({ customerId, changeId })) }),
    );
  });
}
