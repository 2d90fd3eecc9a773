// GET /v1/calendar/:secret
import type { FastifyInstance } from "fastify";
import { calendarRoutes } from "../../../contract/routes/calendar.ts";
import { HttpError } from "../errors.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getCalendar(http: FastifyInstance, { calendar }: Shell): void {
  servePublic(http, calendarRoutes.feed, async ({ params, reply }) => {
    const text = await calendar.feed(params.secret);
    if (text === null) throw new HttpError("not-found");
    return reply.type("text/calendar; charset=utf-8").send(text);
  });
}
