// GET /v1/disposals/:disposalId/units.csv
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { recordListing } from "./hand-out-listing.ts";

export function getDisposalsIdUnitsCsv(http: FastifyInstance, shell: Shell): void {
  serve(http, disposalRoutes.unitsCsv, async ({ params, principal, reply }) => {
    const disposalId = idOf(params.disposalId);
    await recordListing(shell, principal, { disposalId, form: "csv" });
    const listing = await shell.retention.disposals.asCsv(disposalId);
    return reply
      .headers({ "content-disposition": `attachment; filename="disposal-${disposalId}.csv"` })
      .type("text/csv; charset=utf-8; header=present")
      .send(listing);
  });
}
