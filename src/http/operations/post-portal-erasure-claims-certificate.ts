// POST /v1/portal/erasure-claims/certificate
import type { FastifyInstance } from "fastify";
import { erasureClaimRoutes } from "../../../contract/routes/operations.ts";
import { HttpError } from "../errors.ts";
import { fewAnHour } from "../reports/few-an-hour.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { claimedBundle } from "./certificate-bundle.ts";

const ALLOWANCE = { anAddress: 120, all: 2000 };

export function postPortalErasureClaimsCertificate(http: FastifyInstance, shell: Shell): void {
  const spend = fewAnHour(ALLOWANCE);
  servePublic(http, erasureClaimRoutes.certificate, async ({ body, request }) => {
    spend(request.ip, shell.clock.now());
    const claimed = await shell.requests.claimed(body.code);
    const erasureId = claimed?.erasureIds.find((id) => id === body.erasureId);
    if (claimed === null || erasureId === undefined) throw new HttpError("not-found");
    const bundle = await claimedBundle(shell, claimed, erasureId);
    return { bundle, paper: (await shell.retention.printCertificate(bundle)).toString("base64") };
  });
}
