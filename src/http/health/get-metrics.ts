// GET /metrics
import type { FastifyInstance } from "fastify";
import type { Shell } from "../shell.ts";

export function getMetrics(http: FastifyInstance, { metrics }: Pick<Shell, "metrics">): void {
  http.get("/metrics", { config: { isPublic: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.print()),
  );
}
