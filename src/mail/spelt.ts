// Days and moments as a letter says them: in its language, and a moment with the zone whose clock it is.
import type { Language } from "./letter.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const MOMENT = { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" } as const;

/** A day is its own, wherever somebody reads of it; other texts stay as they are. */
export function speltDay(day: string, language: Language): string {
  if (!DAY.test(day)) return day;
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** `timeZone` is an IANA name; what is written names it, since nobody knows where it is read. */
export function speltMoment(at: Date, language: Language, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language, { ...MOMENT, timeZone, timeZoneName: "short" });
  // Spaces of other widths are not in every typeface, nor in every mail reader.
  return format.format(at).replaceAll(/\s/gu, " ");
}

/** What a machine writes for a moment: people are not to read it. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text);
}
