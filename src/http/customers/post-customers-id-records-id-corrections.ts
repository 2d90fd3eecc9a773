// POST /v1/customers/:customerId/records/:recordId/corrections
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { correction } from "../../../contract/customers.ts";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { VaultError } from "../../vault/vault.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireCustomer, requireUnit } from "./may-write.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdRecordsIdCorrections(http: FastifyInstance, shell: Shell): void {
  const { idempotency, vault } = shell;
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
    return idempotency.once(
      request,
      async (also) => {
        const change = {
          customerId,
          recordId,
          expectedRevision: body.expectedRevision,
          evenIfSame: true,
          ...changeOf(shell, type, body),
        };
        const { entry } = await vault.correct(change, { ...writeActor(principal, also), note: body.reason });
        if (entry === null) throw new HttpError("conflict", { detail: "nothing in this correction is new" });
        return answer(entry.entryId);
      },
      ([entryId]) => answer(entryId),
    );
  });
}

/** An empty string takes a field away. */
function changeOf({ vault }: Shell, type: string, { fields }: z.output<typeof correction>) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  const remove = Object.keys(fields).filter((name) => fields[name] === "");
  const schemaVersion = vault.registry.recordType(type)?.version ?? 1;
  const nothing = { recordType: type, schemaVersion, fields: new Map<string, never>(), warnings: [] };
  if (Object.keys(given).length === 0) return { record: nothing, remove };
  const prepared = vault.prepare({ recordType: type, fields: given });
  if (!prepared.ok) throw new VaultError("invalid-field", "some values were refused", prepared.issues);
  return { record: prepared.record, remove };
}
