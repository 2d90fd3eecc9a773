// GET /v1/disposals/:disposalId/certificate
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { onlyPurpose } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getDisposalsIdCertificate(http: FastifyInstance, shell: Shell): void {
  const { retention, ledger, gate } = shell;
  serve(http, disposalRoutes.certificate, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "opening.read", kind: "retention", customerId: null });
    const found = await retention.disposals.certificate(idOf(params.disposalId));
    if (found === null) throw new HttpError("conflict", { detail: "the run is not over yet" });
    const { bytes, entryId } = found;
    const receipt = await ledger.receipt(entryId, "cleared");
    if (receipt === null) throw new HttpError("not-yet-published");
    const purpose = onlyPurpose(principal) ?? principal.purposes[0];
    if (purpose === undefined) throw new HttpError("not-permitted");
    const { opening } = await gate.opening(principal, { entryId, purpose });
    return {
      v: 1,
      kind: "uberrima.org/disposal-certificate-with-proof",
      certificate: JSON.parse(bytes.toString("utf8")) as Record<string, unknown>,
      entryId,
      receipt,
      r: opening.r,
      detail: canonicalJson(opening.detail),
    } as const;
  });
}
