// POST /v1/rooms/codes
import type { FastifyInstance } from "fastify";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postRoomsCodes(http: FastifyInstance, { packages }: Shell): void {
  servePublic(http, pickUpRoutes.askCode, async ({ body }) => ({
    expiresAt: (await packages.sendCode(body.secret)).toISOString(),
  }));
}
