// GET /v1/portal/rights
import type { FastifyInstance } from "fastify";
import { portalRightRoutes } from "../../../contract/routes/rights.ts";
import { customerOf } from "../portal/customer-of.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ownFaceAnswer } from "./right-answer.ts";

export function getPortalRights(http: FastifyInstance, shell: Shell): void {
  serve(http, portalRightRoutes.list, async ({ principal }) => {
    const { customerId } = customerOf(principal);
    return { items: (await shell.requests.ofCustomer(customerId)).map((face) => ownFaceAnswer(shell, face)) };
  });
}
