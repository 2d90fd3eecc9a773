// GET /v1/mappings
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getMappings(http: FastifyInstance, { access, imports, changes }: Shell): void {
  serve(http, importRoutes.mappings, async ({ principal }) => ({
    items: imports.mappings.map(({ name, label, format, columns, fieldPaths }) => ({
      name,
      label,
      format: format.type,
      delimiter: format.delimiter,
      columns: columns.map(({ fields, ...column }) => ({ ...column, fields: [...fields] })),
      mayRun: access.may(principal, "import.run") && changes.mayImport(principal, fieldPaths),
    })),
  }));
}
