// POST /v1/portal/codes
import type { FastifyInstance } from "fastify";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { whenceOf } from "./whence.ts";

export function postPortalCodes(http: FastifyInstance, { portal }: Shell): void {
  servePublic(http, portalRoutes.askCode, async ({ body, request }) => {
    const { address } = whenceOf(request);
    const { challengeId, expiresAt } = await portal.ask({ ...body, person: body.person ?? null, address });
    return { challengeId, expiresAt: expiresAt.toISOString() };
  });
}
