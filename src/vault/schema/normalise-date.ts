// Dates and times: from the format that the source declares to ISO 8601.
import { accept, type DateFormat, type Normalised, refuse, type ValueContext } from "./normalised.ts";

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** "hh:mm:ss", null when the source gives none. */
  readonly time: string | null;
}
type Parsed = DateParts | "not-a-date" | "date-format-undeclared";

const YEAR_MIN = 1800;
const YEAR_MAX = 2200;
const GIVEN_LENGTH_MAX = 40;

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  mm: "(?<month>\\d{2})",
  dd: "(?<day>\\d{2})",
  m: "(?<month>\\d{1,2})",
  d: "(?<day>\\d{1,2})",
};
const TIME = "(?<time>\\d{2}:\\d{2}:\\d{2})";
const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<time>\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;
const YEAR_FIRST = /^(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2})$/;
const YEAR_LAST = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/;

const patterns = new Map<DateFormat, RegExp>();

/** "yyyy-mm-dd"; a time of day that the source gives as well is left out. */
export function normaliseDate(given: string, context: ValueContext): Normalised {
  const parsed = parse(given, context.dateFormat);
  if (typeof parsed === "string") return refuse(parsed);
  return checked(parsed) ?? accept(isoDate(parsed));
}

/** "yyyy-mm-ddThh:mm:ss", local to the source; with a zone when the source gave one, then in UTC and ending in Z. */
export function normaliseTimestamp(given: string, context: ValueContext): Normalised {
  const parsed = parse(given, context.dateFormat);
  if (typeof parsed === "string") return refuse(parsed);
  const fault = checked(parsed);
  if (fault !== null) return fault;
  if (parsed.time === null) return refuse("time-missing");
  const zone = ISO.exec(given.trim())?.groups?.["zone"];
  const local = `${isoDate(parsed)}T${parsed.time}`;
  if (zone === undefined) return accept(local);
  const instant = new Date(`${local}${zone}`);
  return Number.isNaN(instant.getTime()) ? refuse("not-a-date") : accept(`${instant.toISOString().slice(0, 19)}Z`);
}

export function normaliseYear(given: string): Normalised {
  const text = given.trim();
  if (text === "") return refuse("empty");
  if (!/^\d{4}$/.test(text)) return refuse("not-a-date");
  return Number(text) < YEAR_MIN || Number(text) > YEAR_MAX ? refuse("date-out-of-range") : accept(text);
}

function parse(given: string, format: DateFormat | undefined): Parsed | "empty" {
  const text = given.trim();
  if (text === "") return "empty";
  if (text.length > GIVEN_LENGTH_MAX) return "not-a-date";
  const match = format === undefined ? (ISO.exec(text) ?? YEAR_FIRST.exec(text)) : patternOf(format).exec(text);
  if (match?.groups === undefined) {
    // 03/04/2020 is March or April; whoever knows has to say so in the mapping.
    return format === undefined && YEAR_LAST.test(text) ? "date-format-undeclared" : "not-a-date";
  }
  const { year, month, day, time } = match.groups;
  return { year: Number(year), month: Number(month), day: Number(day), time: time ?? null };
}

function patternOf(format: DateFormat): RegExp {
  let pattern = patterns.get(format);
  if (pattern === undefined) {
    const [date = "", time] = format.split(" ");
    const source = date.replaceAll(/[.]/g, "\\.").replaceAll(/yyyy|mm|dd|m|d/g, (token) => TOKENS[token] ?? token);
    pattern = new RegExp(`^${source}${time === undefined ? "" : ` ${TIME}`}$`);
    patterns.set(format, pattern);
  }
  return pattern;
}

function checked(parts: DateParts): Normalised | null {
  if (parts.month < 1 || parts.month > 12 || parts.day < 1) return refuse("impossible-date");
  if (parts.day > daysInMonth(parts.year, parts.month)) return refuse("impossible-date");
  if (parts.time !== null && !/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(parts.time)) return refuse("impossible-date");
  return parts.year < YEAR_MIN || parts.year > YEAR_MAX ? refuse("date-out-of-range") : null;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoDate(parts: DateParts): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(parts.year).padStart(4, "0")}-${two(parts.month)}-${two(parts.day)}`;
}
