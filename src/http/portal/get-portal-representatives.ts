// GET /v1/portal/representatives
import type { FastifyInstance } from "fastify";
import { portalRepresentativeRoutes } from "../../../contract/routes/portal-representatives.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { customerOf } from "./customer-of.ts";

export function getPortalRepresentatives(http: FastifyInstance, shell: Shell): void {
  serve(http, portalRepresentativeRoutes.list, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    await recordView(shell, principal, "link-read", customerId);
    const rows = await shell.representations.list(customerId);
    return {
      items: rows.map(({ rowId, endsAt, content }) => ({
        representationId: rowId,
        representativeId: content.representativeId,
        kind: content.kind,
        unitIds: content.unitIds,
        classes: content.classes,
        startsAt: content.startsAt,
        endsAt: endsAt?.toISOString() ?? null,
        isGranted: content.isGranted,
      })),
    };
  });
}
