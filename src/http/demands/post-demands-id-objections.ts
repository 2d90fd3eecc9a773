// POST /v1/demands/:demandId/objections
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdObjections(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.object, (demandId, who, { ground }) =>
    shell.demands.object(demandId, ground, who),
  );
}
