// GET /v1/statistics/keys
import type { FastifyInstance } from "fastify";
import { statisticsRoutes } from "../../../contract/routes/statistics.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getStatisticsKeys(http: FastifyInstance, { access, keys, vault }: Shell): void {
  serve(http, statisticsRoutes.keys, async ({ principal }) => {
    requireRight(access, principal, "key.read");
    const [{ versions, buckets, erasures }, { indexes, isEstimate }] = await Promise.all([
      keys.state(),
      vault.indexesState(),
    ]);
    return {
      versions: versions.map(({ createdAt, retiringAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        retiringAt: retiringAt?.toISOString() ?? null,
      })),
      buckets: [...buckets],
      erasures: { ...erasures, oldestAt: erasures.oldestAt?.toISOString() ?? null },
      indexes: [...indexes],
      isEstimate,
    };
  });
}
