// How many guesses a search interface lets through: so many an hour of one client, and so many in vain a day at one value, by one client and by all.
import type { Authenticated } from "../access/access.ts";
import type { Token } from "../kernel/bytes.ts";
import { type Counter, raiseCounters } from "../postgres/counter-store.ts";
import { lowerCounters, SEARCH_ALLOWANCE } from "./allowance-store.ts";
import type { GateContext } from "./context.ts";

/** Searches of one principal in an hour: enough for any desk. */
export const SEARCHES_AN_HOUR_MAX = 600;
/** Searches a day that found nothing in the asker's rows and differ in one part of the value alone: too few to find out four digits or a birthday by. */
export const GUESSES_A_DAY_MAX = 20;
/** The same of all principals together, for those who share the work. One alone cannot use it up for the others. */
export const GUESSES_A_DAY_OF_ALL_MAX = 200;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Spent {
  /** Null when the search may go on; otherwise why not, in words that are safe to show. */
  readonly refusal: string | null;
  /** To be called when the search found what it was for: it was no guess in vain. */
  giveBack(): Promise<void>;
}

interface Allowance extends Counter {
  readonly max: number;
  readonly refusal: string;
  readonly isForGuesses: boolean;
}

/**
 * Counts the search before it is looked up, atomically: of any number of searches at once, no more get through than are allowed. `targets`: see
 * `searchTargets`. A refused search counts too.
 */
export async function spendSearch(
  { keys, clock, database }: Pick<GateContext, "keys" | "clock" | "database">,
  asker: Authenticated,
  targets: readonly (readonly string[])[],
): Promise<Spent> {
  const now = clock.now();
  const counter = (windowMs: number, ...parts: readonly string[]): Counter => {
    const window = Math.floor(now.getTime() / windowMs);
    const token = keys.keyedDigest("search-allowance", String(windowMs), String(window), ...parts);
    return { token, endsAt: new Date((window + 1) * windowMs) };
  };
  const guess = (max: number, parts: readonly string[]): Allowance => ({
    ...counter(DAY_MS, ...parts),
    max,
    refusal: "too many searches in vain today that differ in one part alone",
    isForGuesses: true,
  });
  const allowances: Allowance[] = [
    {
      ...counter(HOUR_MS, "principal", asker.principalId),
      max: SEARCHES_AN_HOUR_MAX,
      refusal: `more than ${SEARCHES_AN_HOUR_MAX} searches within an hour`,
      isForGuesses: false,
    },
    ...targets.flatMap((target) => [
      guess(GUESSES_A_DAY_MAX, ["target-of", asker.principalId, ...target]),
      guess(GUESSES_A_DAY_OF_ALL_MAX, ["target", ...target]),
    ]),
  ];
  const spent = await raiseCounters(database, SEARCH_ALLOWANCE, allowances, now);
  const exceeded = allowances.find(({ token, max }) => (spent.get(hex(token)) ?? Infinity) > max);
  return {
    refusal: exceeded?.refusal ?? null,
    giveBack: () =>
      lowerCounters(
        database,
        allowances.filter(({ isForGuesses }) => isForGuesses).map(({ token }) => token),
      ),
  };
}

const hex = (token: Token): string => Buffer.from(token).toString("hex");
