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

export function getCustomersId(http: FastifyInstance, { gate, metrics }: Shell): void {
  serve(http, customerRoutes.maskedView, async ({ params, query, principal }) => {
    const { purpose, as } = query;
    const asked = { customerId: idOf(params.customerId), purpose, as: as === undefined ? undefined : idOf(as) };
    const view = await gate.maskedView(principal, asked);
    metrics.countDecision("masked-view", "allowed");
    return viewAnswer(view);
  });
}

function viewAnswer(view: MaskedView): z.output<typeof maskedView> {
  return {
    customerId: view.customerId,
    units: view.units.map(({ unitId, kind, entity, brand, line, status }) => ({
      unitId,
      kind,
      entity,
      brand,
      line,
      status,
      records: view.records.filter((record) => record.unitId === unitId).map(recordAnswer),
    })),
    flags: view.flags.map((kind) => ({ kind })),
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
