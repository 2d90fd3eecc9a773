// When letters about a due day go out: a week before, two days before, as the day begins, when it is over, and every week after that.

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Before the moment at which the due day ends. */
const BEFORE_MS = [WEEK_MS, 2 * DAY_MS, DAY_MS, 0] as const;

/** The next such moment after `now`. */
export function nextReminder(before: Date, now: Date): Date {
  for (const each of BEFORE_MS) {
    const at = before.getTime() - each;
    if (at > now.getTime()) return new Date(at);
  }
  const weeks = Math.floor((now.getTime() - before.getTime()) / WEEK_MS) + 1;
  return new Date(before.getTime() + weeks * WEEK_MS);
}
