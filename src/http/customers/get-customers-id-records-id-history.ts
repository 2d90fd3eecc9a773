// GET /v1/customers/:customerId/records/:recordId/history?purpose=
import type { FastifyInstance } from "fastify";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { RecordRevision } from "../../disclosure/disclosure.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { maskedFieldAnswer } from "./masked-field-answer.ts";
import { originAnswer } from "./origins.ts";

export function getCustomersIdRecordsIdHistory(http: FastifyInstance, { gate, cursors, vault }: Shell): void {
  serve(http, customerRoutes.history, async ({ params, query, principal }) => {
    const { customerId, recordId } = params;
    const list = `history/${idOf(recordId)}`;
    const place = cursors.parse(list, principal.principalId, query.cursor);
    const history = await gate.recordHistory(principal, {
      customerId: idOf(customerId),
      recordId: idOf(recordId),
      purpose: query.purpose,
      as: query.as === undefined ? undefined : idOf(query.as),
      before: place === null ? null : Number(place),
    });
    const next = history.next === null ? null : String(history.next);
    return {
      customerId,
      recordId,
      revisions: history.revisions.map((revision) => revisionAnswer(vault, revision)),
      next: cursors.print(list, principal.principalId, next),
      promise: promiseAnswer(history.promise),
    };
  });
}

function revisionAnswer(
  vault: Shell["vault"],
  { revision, entryId, by, changed, removed, fields, origin }: RecordRevision,
) {
  return {
    revision,
    entryId,
    by: by === null ? null : { ...by, at: new Date(by.at * 1000).toISOString() },
    changed: changed.map(({ path }) => path),
    removed: removed.map(({ path }) => path),
    fields: fields.map(maskedFieldAnswer),
    origin: originAnswer(vault, origin),
  };
}
