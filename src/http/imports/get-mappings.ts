// GET /v1/mappings
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { madeMappingAnswer, mappingAnswer } from "./mapping-answer.ts";

export function getMappings(http: FastifyInstance, shell: Shell): void {
  const { access, feeds, imports } = shell;
  serve(http, importRoutes.mappings, async ({ principal }) => {
    // What somebody proposes is for those to see who import, approve or oversee.
    const made = access.may(principal, "import.read") ? await feeds.mappings.list() : [];
    return {
      items: [
        ...imports.mappings.map((mapping) => mappingAnswer(shell, principal, mapping)),
        ...made.map((each) => madeMappingAnswer(shell, principal, each)),
      ],
    };
  });
}
