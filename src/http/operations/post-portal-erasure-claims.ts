// POST /v1/portal/erasure-claims
import type { FastifyInstance } from "fastify";
import { erasureClaimRoutes } from "../../../contract/routes/operations.ts";
import { HttpError } from "../errors.ts";
import { fewAnHour } from "../reports/few-an-hour.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

/** The page asks again until what was erased is final. */
const ALLOWANCE = { anAddress: 600, all: 20_000 };

export function postPortalErasureClaims(http: FastifyInstance, { requests, keys, database, clock }: Shell): void {
  const spend = fewAnHour(ALLOWANCE);
  servePublic(http, erasureClaimRoutes.list, async ({ body, request }) => {
    spend(request.ip, clock.now());
    const claimed = await requests.claimed(body.code);
    if (claimed === null) throw new HttpError("not-found");
    const erasures = await Promise.all(claimed.erasureIds.map((id) => keys.erasure(database, id)));
    return {
      items: erasures.map(({ erasureId, unitId, requestedAt, finalAt }) => ({
        erasureId,
        unitId,
        requestedAt: requestedAt.toISOString(),
        finalAt: finalAt?.toISOString() ?? null,
      })),
    };
  });
}
