// The reminder of what the law wants destroyed by a day: a walk over all units now and then, for the list of work of the privacy side.
import type { Uuid } from "../kernel/bytes.ts";
import type { RetentionContext } from "./context.ts";
import { judgeCustomers } from "./judge-customers.ts";

/** Units that a law wants destroyed by a day that is near or past, and that are still there. */
export interface NearMaxima {
  readonly count: number;
  /** The earliest of those days. */
  readonly dueOn: string;
}

export interface MaximaWatch {
  /** As of the last walk that ended; null where there was nothing, or no walk has ended yet. */
  near(): NearMaxima | null;
  /** One page of the walk, where one is due. */
  look(): Promise<void>;
}

const CUSTOMERS_A_PAGE = 500;
const WALK_EVERY_MS = 6 * 3_600_000;

export function watchMaxima(context: RetentionContext): MaximaWatch {
  const { clock, rules, vault } = context;
  const limited = new Set(rules.maxima.flatMap(({ records }) => records));
  let known: NearMaxima | null = null;
  let walking: { after: Uuid | null; days: string[] } | null = null;
  let nextAt = clock.now().getTime();
  return {
    near: () => known,
    look: async () => {
      if (limited.size === 0 || (walking === null && clock.now().getTime() < nextAt)) return;
      walking ??= { after: null, days: [] };
      const page = await vault.unitsAfter(walking.after, CUSTOMERS_A_PAGE);
      const having = [...page.customers].filter(([, units]) =>
        units.some(({ records }) => records.some(({ recordType }) => limited.has(recordType))),
      );
      for (const { units } of having.length === 0 ? [] : await judgeCustomers(context, new Map(having)))
        for (const { verdict } of units) {
          const by = verdict.is === "unjudged" ? verdict.by : verdict.is === "due" ? verdict.longest : null;
          if (by?.source === "maximum" && by.until !== null) walking.days.push(by.until);
        }
      walking.after = page.next;
      if (page.next !== null) return;
      const [dueOn] = walking.days.toSorted();
      known = dueOn === undefined ? null : { count: walking.days.length, dueOn };
      walking = null;
      nextAt = clock.now().getTime() + WALK_EVERY_MS;
    },
  };
}
