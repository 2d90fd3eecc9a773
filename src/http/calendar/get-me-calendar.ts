// GET /v1/me/calendar
import type { FastifyInstance } from "fastify";
import { calendarRoutes } from "../../../contract/routes/calendar.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getMeCalendar(http: FastifyInstance, { calendar }: Shell): void {
  serve(http, calendarRoutes.state, async ({ principal }) => ({
    madeAt: (await calendar.madeAt(principal))?.toISOString() ?? null,
  }));
}
