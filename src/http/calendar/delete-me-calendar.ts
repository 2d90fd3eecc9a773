// DELETE /v1/me/calendar
import type { FastifyInstance } from "fastify";
import { calendarRoutes } from "../../../contract/routes/calendar.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function deleteMeCalendar(http: FastifyInstance, { calendar, idempotency }: Shell): void {
  serve(http, calendarRoutes.end, ({ principal, request }) =>
    idempotency.once(
      request,
      async (also) => {
        await calendar.end(principal, also);
        return { id: principal.principalId };
      },
      () => ({ id: principal.principalId }),
    ),
  );
}
