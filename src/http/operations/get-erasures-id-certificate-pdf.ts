// GET /v1/erasures/:erasureId/certificate.pdf
import type { FastifyInstance } from "fastify";
import { erasureRoutes } from "../../../contract/routes/operations.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { bundleOf } from "./certificate-bundle.ts";

export function getErasuresIdCertificatePdf(http: FastifyInstance, shell: Shell): void {
  serve(http, erasureRoutes.certificatePdf, async ({ params, principal, reply }) => {
    await requireRecordedRight(shell, principal, { action: "opening.read", kind: "erasure", customerId: null });
    const erasureId = idOf(params.erasureId);
    const bytes = await shell.retention.printCertificate(await bundleOf(shell, principal, erasureId));
    return reply
      .headers({ "content-disposition": `attachment; filename="erasure-${erasureId}.pdf"` })
      .type("application/pdf")
      .send(bytes);
  });
}
