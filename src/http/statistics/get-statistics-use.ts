// GET /v1/statistics/use
import type { FastifyInstance } from "fastify";
import { statisticsRoutes } from "../../../contract/routes/statistics.ts";
import { readerOf } from "../../disclosure/disclosure.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { periodOf } from "./period.ts";

export function getStatisticsUse(http: FastifyInstance, { access, ledger }: Shell): void {
  serve(http, statisticsRoutes.use, async ({ query, principal }) => {
    requireRight(access, principal, "statistics.read");
    return { items: [...(await ledger.statistics.use(periodOf(query), readerOf(principal)))] };
  });
}
