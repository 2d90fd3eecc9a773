// GET /v1/statistics/disclosures
import type { FastifyInstance } from "fastify";
import { statisticsRoutes } from "../../../contract/routes/statistics.ts";
import { readerOf } from "../../disclosure/disclosure.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { periodOf } from "./period.ts";

export function getStatisticsDisclosures(http: FastifyInstance, { access, ledger }: Shell): void {
  serve(http, statisticsRoutes.disclosures, async ({ query, principal }) => {
    requireRight(access, principal, "statistics.read");
    const counts = await ledger.statistics.looks(periodOf(query), query.by, readerOf(principal));
    const items = counts.map(({ day, ...rest }) => ({
      ...rest,
      day: day === null ? null : new Date(day * 1000).toISOString().slice(0, 10),
    }));
    return { items };
  });
}
