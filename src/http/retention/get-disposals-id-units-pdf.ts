// GET /v1/disposals/:disposalId/units.pdf
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { recordListing } from "./hand-out-listing.ts";

export function getDisposalsIdUnitsPdf(http: FastifyInstance, shell: Shell): void {
  serve(http, disposalRoutes.unitsPdf, async ({ params, principal, reply }) => {
    const disposalId = idOf(params.disposalId);
    await recordListing(shell, principal, { disposalId, form: "pdf" });
    const listing = await shell.retention.disposals.asPdf(disposalId);
    return reply
      .headers({ "content-disposition": `attachment; filename="disposal-${disposalId}.pdf"` })
      .type("application/pdf")
      .send(listing);
  });
}
