// POST /v1/pick-ups
import type { FastifyInstance } from "fastify";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postPickUps(http: FastifyInstance, { packages }: Shell): void {
  servePublic(http, pickUpRoutes.pickUp, async ({ body }) => {
    const { packageId, format, file } = await packages.pickUp(body.secret);
    return { packageId, fileName: `${packageId}.${format}.age`, file: file.toString("base64") };
  });
}
