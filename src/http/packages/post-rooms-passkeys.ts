// POST /v1/rooms/passkeys
import type { FastifyInstance } from "fastify";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import { attestation } from "../sign-in/passkey-answers.ts";
import { servePublic } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postRoomsPasskeys(http: FastifyInstance, { packages }: Shell): void {
  servePublic(http, pickUpRoutes.addPasskey, async ({ body: { packageId, state, response } }) => ({
    id: await packages.addPasskey({ packageId: idOf(packageId), state, response: attestation(response) }),
  }));
}
