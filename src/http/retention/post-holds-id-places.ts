// POST /v1/holds/:holdId/places
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { holdAnswer, placesOf } from "./hold-answer.ts";

export function postHoldsIdPlaces(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, holdRoutes.extend, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "hold.place", kind: "hold", customerId: null });
    const holdId = idOf(params.holdId);
    return idempotency.once(
      request,
      async (also) => holdAnswer(await retention.holds.extend(principal, holdId, placesOf(body.places), also)),
      async () => holdAnswer(await retention.holds.get(holdId)),
    );
  });
}
