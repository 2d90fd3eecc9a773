// What takes events out of a stream: one interface for every kind of receiver.
import type { SecurityEvent } from "./ocsf.ts";

export interface Sink<Event = SecurityEvent> {
  /**
   * Hands events over in the order given, and resolves when the receiver has taken them as far as can be seen. It waits while the receiver takes
   * nothing (back-pressure). Throws EventsError; then nothing is known of events since the last `confirm`.
   */
  deliver(events: readonly Event[]): Promise<void>;
  /** Resolves when it is certain that everything delivered has reached the receiver. Throws EventsError. */
  confirm(): Promise<void>;
  /** Lets go of whatever is open, at once and without a promise. */
  abandon(): void;
  /** How long events may stand unconfirmed: 0 where `deliver` is certain itself. */
  readonly confirmAfterMs: number;
  /** Entries before the position that are sent once more after a failure: for a receiver that took them and lost them with itself. */
  readonly overlapEntries: number;
}
