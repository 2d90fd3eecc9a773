// POST /v1/demands/:demandId/scope
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { partOf } from "./demand-answer.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdScope(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.narrow, (demandId, who, body) =>
    shell.demands.narrow(demandId, body.produced.map(partOf), who),
  );
}
