// GET / : says what answers here and where it is described, to whoever typed the address alone.
import type { FastifyInstance } from "fastify";
import { rootDescription } from "../../../contract/operations.ts";

export function getRoot(http: FastifyInstance, version: string): void {
  const options = { config: { isPublic: true }, schema: { hide: true, response: { 200: rootDescription } } };
  // RFC 8631: where machines and people find the description.
  const link = '</openapi.json>; rel="service-desc", </docs>; rel="service-doc"';
  http.get("/", options, (request, reply) => {
    // A browser that was given the address alone is taken to the pages.
    if (request.headers.accept?.includes("text/html") === true) return reply.redirect("/home");
    return reply.header("link", link).send({
      service: "Uberrima",
      version,
      description: "/openapi.json",
      documentation: "/docs",
      log: "/v1/log",
      health: "/health/ready",
    });
  });
}
