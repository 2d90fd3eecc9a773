// Letters on paper: queued sealed, printed in batches for window envelopes, posted with proof, and taken back when they come back.
import type { Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { byPost, type ByPost } from "./address.ts";
import { batchAt, batchPage, dissolveBatch, makeBatch } from "./batches.ts";
import type { LettersContext } from "./context.ts";
import { enqueue, type LetterOrder } from "./enqueue.ts";
import { lettersIn, mendIndex } from "./letter-index.ts";
import {
  type BatchFace,
  batchFace,
  LETTER,
  LETTER_STATES,
  type LetterFace,
  letterFace,
  type LetterRow,
  type LetterState,
} from "./letter-row.ts";
import { countByState } from "./letter-store.ts";
import { letterBy, type LetterStep, postBatch, stepLetter } from "./posting.ts";
import { type PrintedBatch, printBatch } from "./print-batch.ts";
import { verifyIndex } from "./verify-index.ts";

export type { DeliveryRows, LettersContext } from "./context.ts";
export type { LetterOrder } from "./enqueue.ts";
export type { LettersErrorCode } from "./errors.ts";
export type { BatchFace, LetterFace, LetterKind, LetterState } from "./letter-row.ts";
export { loadLetterhead } from "./letterhead.ts";
export type { LetterStep } from "./posting.ts";
export type { PrintedBatch } from "./print-batch.ts";

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: Uuid | null;
}
interface PageAsk {
  readonly after: Uuid | null;
  readonly limit: number;
}

/** Writes throw LettersError, and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Letters {
  /**
   * For every domain that has something to say on paper: queues a letter, by the server itself unless somebody is named. What stands about the same to the same
   * is not queued twice, so whoever crashed may ask again. As `enqueue` (enqueue.ts).
   */
  enqueue(order: LetterOrder, who?: { readonly actor?: Actor; readonly also?: AlsoWrite | undefined }): Promise<Uuid>;
  letter(letterId: Uuid): Promise<LetterFace>;
  /** Whether a letter would be printed to the customer as things stand; `serves`: for what that is asked, in its entry. */
  byPost(customerId: Uuid, serves: Uuid): Promise<ByPost>;
  /** Of every customer, the oldest first. */
  page(state: LetterState, page: PageAsk): Promise<PageOf<LetterFace>>;
  ofCustomer(customerId: Uuid): Promise<readonly LetterFace[]>;
  /** Notices on paper that wait, are held or came back, by code, for many at once. */
  noticesUnderWay(customerIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, readonly string[]>>;
  /** Counted no further than ten thousand. */
  counts(): Promise<Readonly<Record<LetterState, number>>>;
  step(asker: Authenticated, step: LetterStep & { readonly letterId: Uuid }, also?: AlsoWrite): Promise<void>;
  makeBatch(
    asker: Authenticated,
    asked: { readonly sides: "one" | "two"; readonly most: number },
    also?: AlsoWrite,
  ): Promise<Uuid>;
  batch(batchId: Uuid): Promise<BatchFace>;
  batches(page: PageAsk): Promise<PageOf<BatchFace>>;
  print(asker: Authenticated, batchId: Uuid): Promise<PrintedBatch>;
  post(
    asker: Authenticated,
    posted: { readonly batchId: Uuid; readonly digest: string; readonly on: string },
    also?: AlsoWrite,
  ): Promise<void>;
  dissolve(asker: Authenticated, batchId: Uuid, also?: AlsoWrite): Promise<void>;
  /** The index of letters against the letters. */
  verify(): ReturnType<typeof verifyIndex>;
  /** For the background: now and then a walk over all letters. */
  look(): Promise<void>;
}

const WALK_EVERY_MS = 10 * 60_000;
const COUNTED_MAX = 10_000;

export function openLetters(context: LettersContext): Letters {
  const { access, authority, clock, database } = context;
  const face = (row: LetterRow): LetterFace => {
    const { citation, confirmed } = context.letterhead.kinds[row.content.kind];
    return letterFace(row, { citation, confirmed });
  };
  let after: Uuid | null = null;
  let walksFrom = clock.now().getTime();
  return {
    enqueue: (order, { actor = access.system, also } = {}) => enqueue(context, order, { actor, also }),
    byPost: (customerId, serves) => byPost(context, { customerId, serves }),
    letter: async (letterId) => face(await letterBy(context, letterId)),
    page: async (state, page) => {
      const { items, next } = await lettersIn(context, state, page);
      return { items: items.map(face), next };
    },
    ofCustomer: async (customerId) => (await authority.live(database, LETTER, customerId)).map(face).toReversed(),
    noticesUnderWay: async (customerIds) => {
      const found = await authority.liveOfMany(database, [LETTER], customerIds);
      const standing = (live: NonNullable<ReturnType<typeof found.get>>) =>
        live
          .of(LETTER, clock.now())
          .flatMap(({ content: { state, delivers } }) =>
            state === "posted" || delivers === null ? [] : [delivers.notice],
          );
      return new Map([...found].map(([id, live]) => [id, live === null ? [] : standing(live)]));
    },
    counts: async () => {
      const found = await countByState(database, LETTER_STATES, COUNTED_MAX);
      return Object.fromEntries(LETTER_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<
        LetterState,
        number
      >;
    },
    step: (asker, step, also) => stepLetter(context, asker, step, also),
    makeBatch: (asker, asked, also) => makeBatch(context, asker, asked, also),
    batch: async (batchId) => batchFace(await batchAt(context, batchId)),
    batches: async (page) => {
      const { items, next } = await batchPage(context, page);
      return { items: items.map(batchFace), next };
    },
    print: (asker, batchId) => printBatch(context, asker, batchId),
    post: (asker, posted, also) => postBatch(context, asker, posted, also),
    dissolve: (asker, batchId, also) => dissolveBatch(context, asker, batchId, also),
    verify: () => verifyIndex(context),
    look: async () => {
      if (after === null && clock.now().getTime() < walksFrom) return;
      after = await mendIndex(context, after);
      if (after === null) walksFrom = clock.now().getTime() + WALK_EVERY_MS;
    },
  };
}
