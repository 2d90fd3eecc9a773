// GET /v1/findings
import type { FastifyInstance } from "fastify";
import { findingRoutes } from "../../../contract/routes/systems.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getFindings(http: FastifyInstance, { access, systems }: Shell): void {
  serve(http, findingRoutes.list, async ({ principal }) => {
    requireRight(access, principal, "finding.list");
    return { items: await systems.findings() };
  });
}
