// POST /v1/customers/:customerId/documents
import type { FastifyInstance } from "fastify";
import { DOCUMENT_BYTES_MAX } from "../../../contract/documents.ts";
import { documentRoutes } from "../../../contract/routes/documents.ts";
import { requireUnit } from "../customers/may-write.ts";
import { writeActor } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import { refuse, requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

/** In a scope of its own: here a body is bytes, and may be larger than what is JSON. */
export function postCustomersIdDocuments(http: FastifyInstance, shell: Shell): void {
  void http.register(async (scope) => {
    const limit = { parseAs: "buffer", bodyLimit: DOCUMENT_BYTES_MAX } as const;
    scope.addContentTypeParser("application/octet-stream", limit, (_request, body, done) => done(null, body));
    serve(scope, documentRoutes.file, async ({ params, query, body, principal, request }) => {
      const customerId = idOf(params.customerId);
      const attempt = { action: "document.file", kind: "record-create", customerId } as const;
      // Whoever works with particular files adds to those in hand; who takes in process, to whomever it names, as with the demand itself.
      await requireRecordedRight(shell, principal, attempt);
      const unitId = query.unitId === undefined ? await shell.documents.placeOf(customerId) : idOf(query.unitId);
      if (unitId === null) return refuse(shell, principal, attempt, new HttpError("not-found"));
      if (!shell.access.may(principal, "demand.take-in")) await requireUnit(shell, principal, { ...attempt, unitId });
      if (!(body instanceof Uint8Array))
        throw new HttpError("unsupported-media-type", { detail: "send application/octet-stream" });
      const { kind, mediaType, handedInBy } = query;
      const filing = { customerId, unitId, kind, mediaType, isOwn: handedInBy === "customer", bytes: body };
      const { sha256, recordId } = await shell.idempotency.once(
        request,
        (also) => shell.documents.file(filing, writeActor(principal), (tx, made) => also(tx, [made.recordId])),
        async ([madeId]) => {
          if (madeId === undefined) throw new HttpError("conflict");
          return { recordId: madeId, sha256: shell.documents.digestOf(body) };
        },
      );
      return { recordId, sha256 };
    });
  });
}
