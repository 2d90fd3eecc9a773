// For tests: one scorer, people with a past, and openings of which only what matters is said.
import { join } from "node:path";
import { newId } from "../kernel/ids.ts";
import type { Asker, Opening, Verdict } from "./opening.ts";
import { loadWatchRules } from "./rules.ts";
import { createScorer, type Scorer } from "./scorer.ts";
import { DAY_MS } from "./working-days.ts";

export const RULES = loadWatchRules(join(import.meta.dirname, "..", "..", "governance", "watch"));
/** A Monday at ten in the morning, five hours behind UTC. */
export const MONDAY_MS = Date.UTC(2026, 4, 4, 15);
export const MINUTE_MS = 60_000;

export interface Bench {
  readonly scorer: Scorer;
  person(role?: Asker["role"]): Asker;
  machine(role?: Asker["role"]): Asker;
  /** Work in hand of a fresh customer on Monday at ten unless said otherwise. */
  open(asker: Asker, opening?: Partial<Opening>): Verdict;
  /** So many working days before this Monday, so many assigned customers on each. */
  past(asker: Asker, days: number, customersADay: number): void;
}

export function openBench(): Bench {
  const scorer = createScorer(RULES);
  const open: Bench["open"] = (asker, opening = {}) =>
    scorer.weigh(asker, {
      atMs: MONDAY_MS,
      customerId: newId(),
      workUnitId: null,
      tie: "assigned",
      refused: false,
      isClear: true,
      flags: new Set(),
      relations: new Set(),
      ...opening,
    });
  return {
    scorer,
    open,
    person: (role = "claims-adjuster") => ({ principalId: newId(), role, isMachine: false }),
    machine: (role = "service-account") => ({ principalId: newId(), role, isMachine: true }),
    past: (asker, days, customersADay) => {
      for (let before = days; before > 0; before -= 1)
        for (let at = 0; at < customersADay; at += 1)
          open(asker, { atMs: MONDAY_MS - before * DAY_MS + ((at % 8) - 2) * 60 * MINUTE_MS + at * 1000 });
    },
  };
}

export const codesOf = ({ signals }: Verdict): string[] => signals.map(({ code }) => code);
