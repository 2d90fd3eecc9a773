// POST /v1/erasures
import type { FastifyInstance } from "fastify";
import { erasureRoutes } from "../../../contract/routes/operations.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { writeActor } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import { idOf, type Shell } from "../shell.ts";
import { erasureAnswer } from "./erasure-answer.ts";

export function postErasures(http: FastifyInstance, shell: Shell): void {
  const { idempotency, retention } = shell;
  serve(http, erasureRoutes.request, async ({ body, principal, request }) => {
    const place = { customerId: idOf(body.customerId), unitId: body.unitId === undefined ? null : idOf(body.unitId) };
    const { customerId } = place;
    await requireRecordedRight(shell, principal, { action: "erasure.request", kind: "erasure", customerId });
    const answer = (erasureId: Uuid | undefined) => {
      if (erasureId === undefined) throw new HttpError("conflict");
      return erasureAnswer(shell, erasureId);
    };
    return idempotency.once(
      request,
      async (also) => {
        const actor = { ...writeActor(principal, also), note: body.reason };
        return answer(await retention.erase(place, principal, actor));
      },
      ([, erasureId]) => answer(erasureId),
    );
  });
}
