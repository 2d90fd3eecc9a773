// GET /v1/mappings
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getMappings(http: FastifyInstance, { imports }: Shell): void {
  serve(http, importRoutes.mappings, async () => ({
    items: imports.mappings.map(({ name, label, format }) => ({ name, label, format: format.type })),
  }));
}
