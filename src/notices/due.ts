// When a notice is due to somebody, and by what: never given, given in an older version, or given too long ago. Pure.
import { type NoticeRule, versionInForce } from "./rules.ts";

export type Why = "initial" | "revised" | "repeat" | "reminder";

/** What was given of one notice. */
interface Given {
  readonly version: string;
  readonly deliveredAt: string;
  readonly isReminder: boolean;
}

const DAY_MS = 86_400_000;

/** Null where nothing is due now. */
export function whyDue(rule: NoticeRule, given: readonly Given[], now: Date): Why | null {
  const whole = given.filter(({ isReminder }) => !isReminder);
  if (whole.length === 0) return "initial";
  const { version } = versionInForce(rule, now);
  // Also where the annual one is let off: what changed is told (15 USC 6803(f)(2)).
  if (!whole.some((one) => one.version === version)) return "revised";
  const { repeats } = rule.due;
  if (repeats === null || repeats.exception?.applies === true) return null;
  const counted = repeats.gives === "reminder" ? given : whole;
  const last = counted.map(({ deliveredAt }) => deliveredAt).reduce((one, other) => (one > other ? one : other));
  const dueFrom = monthsAfter(new Date(last), repeats.months).getTime() - repeats.aheadDays * DAY_MS;
  if (now.getTime() < dueFrom) return null;
  return repeats.gives === "reminder" ? "reminder" : "repeat";
}

/** The law that each rests on. */
export function groundOf({ due }: NoticeRule, why: Why) {
  const ground = why === "initial" || why === "revised" ? due[why] : due.repeats;
  return ground ?? due.initial;
}

/** A state is part of its country. */
export function isGivenIn({ due: { places } }: NoticeRule, place: string): boolean {
  return places === null || places.some((one) => place === one || place.startsWith(`${one}-`));
}

function monthsAfter(at: Date, months: number): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO("UTC");
  return new Date(zoned.add({ months }, { overflow: "constrain" }).epochMilliseconds);
}
