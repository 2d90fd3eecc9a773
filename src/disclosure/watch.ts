// What the gate asks of whoever watches it: each look, weighed before it is recorded.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Flag } from "../kernel/vocabulary.ts";

/** What is done about a look that is odd, the mildest first. */
export type WatchOutcome = "allow" | "ask-reason" | "step-up" | "second-person" | "hold";

/** One look at one customer, decided and not yet recorded. */
export interface Look {
  readonly customerId: Uuid;
  /** The claim or policy named as the work in hand. */
  readonly unitId: Uuid | null;
  /** What ties the asker to the customer: an assignment, the own book, masked oversight of all, an emergency access; or nothing. */
  readonly tie: "assigned" | "book" | "oversight" | "emergency" | "none";
  /** False where the asker may not know that there is such a customer: nothing that takes time may then depend on it. */
  readonly isInScope: boolean;
  /** Nothing is given. */
  readonly refused: boolean;
  /** Some of it in clear: not only masks. */
  readonly isClear: boolean;
  readonly flags: ReadonlySet<Flag>;
  readonly hasReason: boolean;
  /** A strong factor was shown within the step-up window. */
  readonly isFresh: boolean;
  /** Two persons approved it. */
  readonly isApproved: boolean;
}

export interface Concern {
  readonly outcome: WatchOutcome;
  /** Plain words for the asker. */
  readonly told: string;
  /** For the sealed detail of the entry. */
  readonly detail: { readonly [key: string]: Json };
}

export interface Weighed {
  readonly concerns: ReadonlyMap<Uuid, Concern>;
  /** To be awaited once the entry stands and before anything is opened: nothing odd is shown without its alert. */
  recorded(entryId: Uuid): Promise<void>;
}

/** INVARIANT: answers at once, without waiting, for whoever it has met before and whose look is ordinary. */
export interface Watch {
  /** Null where nothing is odd. */
  weigh(asker: Authenticated, looks: readonly Look[]): Weighed | null | Promise<Weighed | null>;
  searchedByName(asker: Authenticated): void;
}

/** Where nobody watches. */
export const UNWATCHED: Watch = { weigh: () => null, searchedByName: () => {} };

/** For the entry's detail; null where nothing was odd. */
export function watchDetail(weighed: Weighed | null): Json {
  if (weighed === null) return null;
  return [...weighed.concerns].map(([customer, { outcome, detail }]) => ({ customer, outcome, ...detail }));
}
