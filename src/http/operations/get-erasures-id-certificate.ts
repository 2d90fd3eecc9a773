// GET /v1/erasures/:erasureId/certificate
import type { FastifyInstance } from "fastify";
import { erasureRoutes } from "../../../contract/routes/operations.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { bundleOf } from "./certificate-bundle.ts";

export function getErasuresIdCertificate(http: FastifyInstance, shell: Shell): void {
  serve(http, erasureRoutes.certificate, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "opening.read", kind: "erasure", customerId: null });
    return bundleOf(shell, principal, idOf(params.erasureId));
  });
}
