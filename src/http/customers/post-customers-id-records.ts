// POST /v1/customers/:customerId/records
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { newRecordDrafts } from "./drafts.ts";
import { requireUnit } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdRecords(http: FastifyInstance, shell: Shell): void {
  const { idempotency, vault } = shell;
  serve(http, customerRoutes.addRecord, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const unitId = idOf(body.unitId);
    await requireUnit(shell, principal, { action: "customer.create", kind: "record-create", customerId, unitId });
    const answer = ([entryId, recordId]: readonly Uuid[]) => {
      if (entryId === undefined || recordId === undefined) throw new HttpError("conflict");
      return { customerId, units: [], records: [{ recordId, type: body.type, revision: 1 }], entryId };
    };
    return idempotency.once(
      request,
      async (also) => {
        const records = newRecordDrafts(shell, [body]);
        const ids = records.map(({ recordId }) => recordId);
        const actor = writeActor(principal, (tx, [act]) => also(tx, act === undefined ? ids : [act, ...ids]));
        const units = [{ unitId, create: null, sources: [], records }];
        const { entry } = await vault.create([{ customerId, create: null, sources: [], units }], actor);
        return answer([entry.entryId, ...ids]);
      },
      answer,
    );
  });
}
