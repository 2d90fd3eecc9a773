// GET /v1/statistics/log
import type { FastifyInstance } from "fastify";
import { statisticsRoutes } from "../../../contract/routes/statistics.ts";
import { LedgerError } from "../../ledger/ledger.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { periodOf } from "./period.ts";

const SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;
const BUCKETS_MAX = 10_000;

export function getStatisticsLog(http: FastifyInstance, { access, ledger }: Shell): void {
  serve(http, statisticsRoutes.log, async ({ query, principal }) => {
    requireRight(access, principal, "statistics.read");
    const period = periodOf(query);
    const bucketSeconds = SECONDS[query.bucket];
    if ((period.to.getTime() - period.from.getTime()) / 1000 / bucketSeconds > BUCKETS_MAX)
      throw new HttpError("invalid-request", { detail: "a shorter period or longer buckets" });
    const [size, grown, checkpoint] = await Promise.all([
      ledger.size(),
      ledger.statistics.growth(period, bucketSeconds),
      newest(ledger),
    ]);
    const buckets = grown.map(({ at, count }) => ({ at: new Date(at * 1000).toISOString(), entries: count }));
    return { size, checkpoint, buckets };
  });
}

async function newest(ledger: Shell["ledger"]): Promise<string | null> {
  try {
    return await ledger.checkpoint();
  } catch (error) {
    if (error instanceof LedgerError && error.code === "not-published") return null;
    throw error;
  }
}
