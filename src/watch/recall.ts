// A person's past, read from the ledger's index once, before their first look is weighed: habits, today, and what they opened without assignment.
import type { Uuid } from "../kernel/bytes.ts";
import type { WatchContext } from "./context.ts";
import type { Asker } from "./opening.ts";
import type { Scorer } from "./scorer.ts";
import { DAY_MS, workingDayOf } from "./working-days.ts";

const DAYS = 28;
const TODAY_MAX = 5000;
const UNTIED_MAX = 1000;
const PEOPLE_MAX = 200_000;

/** Null once it was read. INVARIANT: whoever cannot be recalled is not weighed without a past: the look fails. */
export function createRecall(context: WatchContext, scorer: Scorer): (asker: Asker) => Promise<void> | null {
  const recalled = new Set<Uuid>();
  const reading = new Map<Uuid, Promise<void>>();
  const recallOnce = async (asker: Asker): Promise<void> => {
    await recall(context, scorer, asker);
    if (recalled.size >= PEOPLE_MAX) recalled.clear();
    recalled.add(asker.principalId);
  };
  return (asker) => {
    const { principalId } = asker;
    if (recalled.has(principalId)) return null;
    const under = reading.get(principalId);
    if (under !== undefined) return under;
    const work = recallOnce(asker).finally(() => reading.delete(principalId));
    reading.set(principalId, work);
    return work;
  };
}

async function recall({ ledger, clock, rules }: WatchContext, scorer: Scorer, asker: Asker): Promise<void> {
  const { principalId } = asker;
  const { dayStartsAtHourUtc: startsAtHourUtc } = rules;
  const nowMs = clock.now().getTime();
  const today = workingDayOf(nowMs, startsAtHourUtc);
  const startOfToday = new Date(today * DAY_MS + startsAtHourUtc * 3_600_000);
  const [days, todays, untied] = await Promise.all([
    ledger.lookDays(principalId, { startsAtHourUtc, before: today, limit: DAYS }),
    ledger.looks(principalId, { since: startOfToday, refusedAlone: false, limit: TODAY_MAX }),
    ledger.looks(principalId, {
      since: new Date(nowMs - DAYS * DAY_MS),
      refusedAlone: true,
      limit: UNTIED_MAX,
    }),
  ]);
  for (const { day, customers, refused, hours } of days.toReversed())
    scorer.restoreDay(asker, { day, customers, unassigned: refused, hours, isExceptional: false });
  // What was refused had no assignment; what was shown is taken to have had one, since the index does not say.
  const seen = [...untied, ...todays].toSorted((one, other) => one.at - other.at);
  for (const { customerId, at, refused } of seen)
    scorer.note(asker, { atMs: at * 1000, customerId, tie: refused ? "none" : "assigned", refused });
  scorer.settle();
}
