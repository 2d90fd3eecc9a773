// GET /v1/log
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getLog(http: FastifyInstance, { ledger }: Shell): void {
  const { origin, logKey, promiseKey } = ledger;
  servePublic(http, ledgerRoutes.log, async () => ({ origin, logKey, promiseKey, tilesPrefix: "/log" }));
}
