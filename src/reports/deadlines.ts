// The clocks of Directive (EU) 2019/1937, Art. 9(1): to the day, the earlier where a rule leaves a choice.

/** Art. 9(1)(b): acknowledgement within seven days of receipt. */
const ACKNOWLEDGE_DAYS = 7;
/** Art. 9(1)(f): feedback within three months of the acknowledgement, or of the end of the seven days where there was none. */
const FEEDBACK_MONTHS = 3;

export interface ReportDeadlines {
  readonly acknowledgeBy: Date;
  readonly feedbackBy: Date;
}

/**
 * Days and months of the calendar in UTC, up to the same time of day: Regulation 1182/71 would let them end at midnight, and after a holiday on the next
 * working day, which is never earlier. A month that is too short ends it on its last day.
 */
export function deadlinesOf(receivedAt: Date, acknowledgedAt: Date | null): ReportDeadlines {
  const acknowledgeBy = later(receivedAt, { days: ACKNOWLEDGE_DAYS });
  return { acknowledgeBy, feedbackBy: later(acknowledgedAt ?? acknowledgeBy, { months: FEEDBACK_MONTHS }) };
}

function later(at: Date, by: Temporal.DurationLike): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO("UTC");
  return new Date(zoned.add(by).epochMilliseconds);
}
