// For answers that take as long as there is much to go through: the idle time-out of the connection is lifted.
import type { FastifyRequest } from "fastify";

export function takesLong(request: FastifyRequest): void {
  request.raw.socket.setTimeout(0);
}
