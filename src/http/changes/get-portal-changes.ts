// GET /v1/portal/changes
import type { FastifyInstance } from "fastify";
import { ownChangeRoutes } from "../../../contract/routes/changes.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

/** Names of fields and times, of oneself: no value is read. */
export function getPortalChanges(http: FastifyInstance, { changes }: Shell): void {
  serve(http, ownChangeRoutes.list, async ({ principal }) => ({
    items: (await changes.list(customerOf(principal).customerId)).map(({ rowId, content }) => ({
      changeId: rowId,
      fields: content.fieldNames.map((name) => `${content.recordType}.${name}`),
      askedAt: content.askedAt,
      effectiveAt: content.effectiveAt,
      confirmBy: content.confirmBy,
      requestId: content.serves,
      confirmed: content.confirmedAt !== null || !content.needsConfirmation,
    })),
  }));
}
