// The operations on one's calendar link.
import { z } from "zod";
import { calendarDraft, calendarMade, calendarParams, calendarState } from "../calendar.ts";
import { done } from "../common.ts";
import { route } from "../route.ts";

export const calendarRoutes = {
  make: route({
    id: "makeCalendar",
    method: "POST",
    path: "/v1/me/calendar",
    tag: "calendar",
    summary: "Another secret link to one's deadlines, in place of any before",
    body: calendarDraft,
    status: 201,
    answer: calendarMade,
    repeatable: "once",
  }),
  state: route({
    id: "getCalendar",
    method: "GET",
    path: "/v1/me/calendar",
    tag: "calendar",
    summary: "Whether a link stands",
    status: 200,
    answer: calendarState,
  }),
  end: route({
    id: "endCalendar",
    method: "DELETE",
    path: "/v1/me/calendar",
    tag: "calendar",
    summary: "End one's link",
    status: 200,
    answer: done,
    repeatable: "once",
  }),
  feed: route({
    id: "fetchCalendar",
    method: "GET",
    path: "/v1/calendar/:secret",
    tag: "calendar",
    summary: "Deadlines as iCalendar (RFC 5545), by the secret link: kinds and times, no personal data",
    params: calendarParams,
    status: 200,
    answer: z.string(),
    gives: "text/calendar",
    open: true,
  }),
} as const;
