// POST /v1/rooms/ways
import type { FastifyInstance } from "fastify";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { carriedByRoom, carryForRoom } from "./room-cookie.ts";

export function postRoomsWays(http: FastifyInstance, shell: Shell): void {
  const { packages } = shell;
  servePublic(http, pickUpRoutes.ways, async ({ body, request, reply }) => {
    const { passkey, provider, isSignedIn } = await packages.waysInto(body.secret, carriedByRoom(shell, request));
    const departure = body.depart && provider !== null ? await packages.depart(body.secret) : null;
    if (departure !== null) carryForRoom(shell, reply, departure.carried);
    return {
      passkey: passkey === null ? null : { state: passkey.state, options: { ...passkey.options } },
      provider,
      isSignedIn,
      departure: departure?.url ?? null,
    };
  });
}
