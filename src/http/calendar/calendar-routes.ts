// The routes of one's calendar link: few and short, in one place.
import { getCalendar } from "./get-calendar.ts";
import { deleteMeCalendar } from "./delete-me-calendar.ts";
import { getMeCalendar } from "./get-me-calendar.ts";
import { postMeCalendar } from "./post-me-calendar.ts";

export const CALENDAR_ROUTES = [postMeCalendar, getMeCalendar, deleteMeCalendar, getCalendar] as const;
