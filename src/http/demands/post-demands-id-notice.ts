// POST /v1/demands/:demandId/notice
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Shell } from "../shell.ts";
import { serveChange } from "./demand-change.ts";

export function postDemandsIdNotice(http: FastifyInstance, shell: Shell): void {
  serveChange(http, shell, demandRoutes.notice, (demandId, who, { mode, ground, untilAt }) => {
    const until = untilAt === undefined ? null : new Date(untilAt);
    return shell.demands.settleNotice(demandId, { mode, ground: ground ?? null, untilAt: until }, who);
  });
}
