// GET /health/live and /health/ready
import type { FastifyInstance } from "fastify";
import { health } from "../../../contract/operations.ts";

/** Each check by name: "ok", `warning: ...` where work can go on, or what is the matter, in words without anything personal. */
export type Readiness = () => Promise<Readonly<Record<string, string>>>;

const CHECK_TIMEOUT_MS = 2000;

export function getHealth(http: FastifyInstance, readiness: Readiness): void {
  const options = { config: { isPublic: true }, schema: { hide: true, response: { 200: health, 503: health } } };
  http.get("/health/live", options, async () => ({ status: "ok", checks: {} }));
  http.get("/health/ready", options, async (_request, reply) => {
    const checks = await withinTime(readiness());
    const isReady = Object.values(checks).every((state) => state === "ok" || state.startsWith("warning: "));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ok" : "failing", checks });
  });
}

async function withinTime(checking: ReturnType<Readiness>): ReturnType<Readiness> {
  const { promise, resolve } = Promise.withResolvers<Readonly<Record<string, string>>>();
  const timer = setTimeout(() => resolve({ checks: "too slow" }), CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([checking, promise]);
  } catch {
    return { checks: "failed" };
  } finally {
    clearTimeout(timer);
  }
}
