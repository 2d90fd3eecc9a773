// From which device and address a request came, as far as it tells.
import type { FastifyRequest } from "fastify";

const DEVICE_MAX = 200;

export function whenceOf(request: FastifyRequest): { readonly device: string; readonly address: string } {
  return { device: (request.headers["user-agent"] ?? "").slice(0, DEVICE_MAX), address: request.ip };
}
