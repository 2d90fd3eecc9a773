// POST /v1/me/calendar
import type { FastifyInstance } from "fastify";
import { calendarRoutes } from "../../../contract/routes/calendar.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postMeCalendar(http: FastifyInstance, { calendar, idempotency, publicUrl }: Shell): void {
  serve(http, calendarRoutes.make, async ({ body, principal, request }) => {
    if (principal.customerId !== null) throw new HttpError("not-permitted");
    return idempotency.once(
      request,
      async (also) => {
        const secret = await calendar.make(principal, body.language, also);
        return { url: new URL(`/v1/calendar/${secret}`, publicUrl()).href };
      },
      // It was shown once.
      () => ({ url: null }),
    );
  });
}
