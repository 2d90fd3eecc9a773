// POST /v1/customers/:customerId/records
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { newRecordDrafts, pathsOf } from "./drafts.ts";
import { requireUnit } from "./may-write.ts";
import { originGiven, ownOrigin, requireAuthorizations } from "./origins.ts";
import { pendingAnswer } from "./pending-answer.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdRecords(http: FastifyInstance, shell: Shell): void {
  const { changes, idempotency, vault } = shell;
  serve(http, customerRoutes.addRecord, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const unitId = idOf(body.unitId);
    const { type: recordType, fields, language } = body;
    await requireUnit(shell, principal, { action: "customer.create", kind: "record-create", customerId, unitId });
    const answer = ([entryId, recordId]: readonly Uuid[]) => {
      if (entryId === undefined || recordId === undefined) throw new HttpError("conflict");
      return { customerId, units: [], records: [{ recordId, type: recordType, revision: 1 }], entryId };
    };
    const kind = (await vault.loadUnit({ customerId, unitId }))?.header.kind ?? "relationship";
    const from = body.origin ?? ownOrigin(principal);
    const origin = originGiven(vault, from, kind);
    await requireAuthorizations(shell, customerId, [from]);
    return idempotency.once(
      request,
      async (also) => {
        if (changes.mustWait(principal, pathsOf(body))) {
          const asked = {
            customerId,
            unitId,
            origin,
            recordType,
            stored: null,
            expectedRevision: null,
            fields,
            reason: null,
          };
          const documentId = body.documentId === undefined ? null : idOf(body.documentId);
          return pendingAnswer(customerId, await changes.ask({ ...asked, language, documentId }, principal, also));
        }
        const records = newRecordDrafts(shell, kind, [{ ...body, origin: from }]);
        const ids = records.map(({ recordId }) => recordId);
        const actor = writeActor(principal, (tx, [act]) => also(tx, act === undefined ? ids : [act, ...ids]));
        const units = [{ unitId, create: null, sources: [], records }];
        const { entry } = await vault.create([{ customerId, create: null, sources: [], units }], actor);
        return answer([entry.entryId, ...ids]);
      },
      // What waits is kept as three ids: the entry, the change, the record to be.
      async ([entryId, secondId, waitingId]) =>
        entryId === undefined || secondId === undefined || waitingId === undefined
          ? answer([entryId, secondId].filter((id) => id !== undefined))
          : pendingAnswer(customerId, { entryId, ...(await changes.find({ customerId, changeId: secondId })) }),
    );
  });
}
