// POST /v1/holds
import type { FastifyInstance } from "fastify";
import { holdRoutes } from "../../../contract/routes/holds.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { holdAnswer, placesOf } from "./hold-answer.ts";

export function postHolds(http: FastifyInstance, shell: Shell): void {
  const { retention, idempotency } = shell;
  serve(http, holdRoutes.place, async ({ body, principal, request }) => {
    const asked = { ...body, places: placesOf(body.places) };
    return idempotency.once(
      request,
      async (also) => holdAnswer(await retention.holds.place(principal, asked, also)),
      async ([holdId]) => {
        if (holdId === undefined) throw new HttpError("conflict");
        return holdAnswer(await retention.holds.get(holdId));
      },
    );
  });
}
