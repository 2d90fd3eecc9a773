// Where a request stands in time: its clock, and the day on which something is due next.
import type { Clock as LawClock, Clocks, Events } from "../clocks/clocks.ts";
import type { RequestContent } from "./request-row.ts";

type Timed = Pick<RequestContent, "ruleId" | "place" | "receivedAt" | "pauses" | "extension" | "channel" | "identity">;

export function eventsOf(held: Omit<Timed, "ruleId" | "place">, now: Date): Events {
  const { receivedAt, pauses, extension, channel, identity } = held;
  // Whoever is signed in was asked for nothing; of all others the clock of some laws waits for what shows who they are.
  const isAsked = channel !== "portal" && identity.status !== "not-asked";
  return {
    receivedAt: new Date(receivedAt),
    ...(isAsked ? { identityAt: identity.at === null ? null : new Date(identity.at) } : {}),
    pauses: pauses.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
    isExtended: extension !== null,
    now,
  };
}

export function clockOf(clocks: Clocks, held: Timed, now: Date): LawClock {
  return clocks.run(held.ruleId, held.place, eventsOf(held, now));
}

/** The content with what is due next made anew. While a clock stands still its day is that of today, and reminders go by it all the same. */
export function settled(clocks: Clocks, held: RequestContent, now: Date): RequestContent {
  if (held.state === "appealed" && held.appeal !== null) {
    const { dueOn, before } = held.appeal;
    return { ...held, due: { on: dueOn, before, what: "appeal", isStopped: false } };
  }
  const { due, acknowledge, isStopped } = clockOf(clocks, held, now);
  // On the same day too: of a complaint in Britain the law dates the confirmation alone (DPA 2018 s.164A).
  const isFirst = held.acknowledgedAt === null && acknowledge !== null && acknowledge.before <= due.before;
  const next = isFirst ? acknowledge : due;
  return {
    ...held,
    due: {
      on: next.on,
      before: next.before.toISOString(),
      what: isFirst ? "acknowledgement" : "answer",
      isStopped,
    },
  };
}

const DAY_MS = 86_400_000;

/** Whole days until the due day, 0 on it, negative after it, by the moment at which that day ends. */
export function daysUntil(before: Date, now: Date): number {
  return Math.floor((before.getTime() - now.getTime() - 1) / DAY_MS);
}
