// GET /v1/portal/data-copies
import type { FastifyInstance } from "fastify";
import { portalDataCopyRoutes } from "../../../contract/routes/data-copies.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownAnswer } from "./data-copy-answer.ts";

export function getPortalDataCopies(http: FastifyInstance, shell: Shell): void {
  serve(http, portalDataCopyRoutes.list, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    return { items: (await shell.fulfilment.ownOf(customerId)).map(ownAnswer) };
  });
}
