// POST /v1/holds/:holdId/release
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { holdAnswer, placesOf } from "./hold-answer.ts";

export function postHoldsIdRelease(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, holdRoutes.askRelease, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "hold.release", kind: "hold", customerId: null });
    const holdId = idOf(params.holdId);
    const places = body.places === undefined ? null : placesOf(body.places);
    const asked = { holdId, reason: body.reason, places };
    return idempotency.once(
      request,
      async (also) => holdAnswer(await retention.holds.askRelease(principal, asked, also)),
      async () => holdAnswer(await retention.holds.get(holdId)),
    );
  });
}
