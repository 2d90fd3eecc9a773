// The way back from a recipient's identity provider: a page for people, not an operation for programs, so left out of the OpenAPI document.
import type { FastifyInstance } from "fastify";
import { ROOM_CALLBACK } from "../../packages/packages.ts";
import type { Shell } from "../shell.ts";
import { carriedByRoom, carryForRoom } from "./room-cookie.ts";

export function getRoomsCallback(http: FastifyInstance, shell: Shell): void {
  const { packages } = shell;
  http.get(ROOM_CALLBACK, { config: { isPublic: true }, schema: { hide: true } }, async (request, reply) => {
    const carried = carriedByRoom(shell, request);
    const { secret, carried: came, trouble } = await packages.arrive(request.url, carried);
    carryForRoom(shell, reply, came);
    const told = trouble === null ? "" : `?sign-in=${trouble}`;
    // The secret stands behind the #, so that it reaches no log on its way.
    return reply.redirect(`/portal/room${told}${secret === null ? "" : `#${secret}`}`, 303);
  });
}
