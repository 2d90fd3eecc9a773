// GET /v1/customers/:customerId?purpose=
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { maskedView } from "../../../contract/customers.ts";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { MaskedRecord, MaskedView } from "../../disclosure/disclosure.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { maskedFieldAnswer } from "./masked-field-answer.ts";

export function getCustomersId(http: FastifyInstance, { gate, metrics, cursors }: Shell): void {
  serve(http, customerRoutes.maskedView, async ({ params, query, principal }) => {
    const { purpose, as } = query;
    const customerId = idOf(params.customerId);
    const list = `masked-view/${customerId}`;
    const place = cursors.parse(list, principal.principalId, query.cursor);
    const after = place === null ? null : idOf(place);
    const asked = { customerId, purpose, as: as === undefined ? undefined : idOf(as), after };
    const view = await gate.maskedView(principal, asked);
    metrics.countDecision("masked-view", "allowed");
    return viewAnswer(view, cursors.print(list, principal.principalId, view.next));
  });
}

function viewAnswer(view: MaskedView, next: string | null): z.output<typeof maskedView> {
  const records = Map.groupBy(view.records, ({ unitId }) => unitId);
  return {
    customerId: view.customerId,
    units: view.units.map(({ unitId, kind, entity, brand, line, status }) => ({
      unitId,
      kind,
      entity,
      brand,
      line,
      status,
      records: (records.get(unitId) ?? []).map(recordAnswer),
    })),
    flags: view.flags.map((kind) => ({ kind })),
    next,
    promise: promiseAnswer(view.promise),
  };
}

function recordAnswer({ recordId, type, revision, fields }: MaskedRecord) {
  return {
    recordId,
    type,
    revision,
    fields: fields.map(maskedFieldAnswer),
  };
}
