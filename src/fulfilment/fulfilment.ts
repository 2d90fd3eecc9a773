// What answers a customer's right: packages of all that is held about them.
import type { Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { type At, rowOf } from "./find-package.ts";
import { judgeHeld, type Judging } from "./judgements.ts";
import { makePackage, type Making } from "./make-package.ts";
import { faceOf, PACKAGE, type PackageFace, type PackageForm, type PackageState, stateOf } from "./package-row.ts";
import { decideHeld, type Deciding, fetchPackage } from "./packages.ts";
import { deleteExpired } from "./package-store.ts";
import { print, type Printed } from "./print.ts";
import type { HeldRecord } from "./others-row.ts";
import { listOthers } from "./find-others.ts";
import { type AtRecord, decideOthers, type HeldReading, type OthersOutcome, readOthers } from "./review-others.ts";

export type { Topic } from "./context.ts";
export type { HeldRecord } from "./others-row.ts";
export type { AtRecord, HeldReading, OthersOutcome } from "./review-others.ts";
export { gatherReleases } from "./judgements.ts";
export type { PackageFace, PackageForm, PackageState } from "./package-row.ts";

export interface PackagePage {
  readonly items: readonly PackageFace[];
  readonly next: Uuid | null;
}

/** Writes throw FulfilmentError, GateError, and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Fulfilment {
  /** Goes through everything that is held, a page at a time; seconds for thousands of records. */
  makePackage(asker: Actor, making: Making, also?: AlsoWrite): Promise<PackageFace>;
  /** Releases or withholds what is held of one unit. Not by whoever made the package. */
  decideHeld(asker: Authenticated, deciding: Deciding, also?: AlsoWrite): Promise<PackageFace>;
  /** Whether the person may have it: by counsel, or by an investigator who does not run the case. */
  judgeHeld(asker: Authenticated, judging: Judging, also?: AlsoWrite): Promise<PackageFace>;
  /** What of it may name other people, and what was decided of each. */
  listOthers(at: At): Promise<readonly HeldRecord[]>;
  /** The text, opened through the gate in the reader's name, with what may be struck out of it. Not by whoever made the package. */
  readOthers(asker: Authenticated, at: AtRecord): Promise<HeldReading>;
  decideOthers(
    asker: Authenticated,
    at: AtRecord & { readonly outcome: OthersOutcome },
    also?: AlsoWrite,
  ): Promise<HeldRecord>;
  /** What a customer knows of: those that are ready. */
  ownOf(customerId: Uuid): Promise<readonly PackageFace[]>;
  face(at: At): Promise<PackageFace>;
  /** The newest first; those whose time is not over. */
  ofCustomer(customerId: Uuid): Promise<readonly PackageFace[]>;
  /** Of all customers, for those who review. */
  list(state: PackageState | null, page: { readonly after: Uuid | null; readonly limit: number }): Promise<PackagePage>;
  /** Written down, and then sent as it is opened. */
  fetch(asker: Authenticated, asked: At & { readonly form: PackageForm }): Promise<Printed>;
  /** For the background: removes what nobody may fetch any more. */
  sweep(): Promise<void>;
}

const PAGE = 100;
const SCANNED_MAX = 2000;

export function openFulfilment(context: FulfilmentContext): Fulfilment {
  return {
    makePackage: (asker, making, also) => makePackage(context, asker, making, also),
    decideHeld: (asker, deciding, also) => decideHeld(context, asker, deciding, also),
    judgeHeld: async (asker, judging, also) => {
      await judgeHeld(context, asker, judging, also);
      return faceOf(await rowOf(context, judging));
    },
    listOthers: (at) => listOthers(context, at),
    readOthers: (asker, at) => readOthers(context, asker, at),
    decideOthers: async (asker, at, also) => {
      await decideOthers(context, asker, at, also);
      return heldOf(context, at);
    },
    ownOf: async (customerId) =>
      (await context.authority.live(context.database, PACKAGE, customerId))
        .map(faceOf)
        .filter(({ state }) => state === "ready")
        .toReversed(),
    face: async (at) => faceOf(await rowOf(context, at)),
    ofCustomer: async (customerId) =>
      (await context.authority.live(context.database, PACKAGE, customerId)).map(faceOf).toReversed(),
    list: (state, page) => list(context, state, page),
    fetch: async (asker, asked) => print(context, await fetchPackage(context, asker, asked), asked.form),
    sweep: () => deleteExpired(context.database, context.clock.now()),
  };
}

async function heldOf(context: FulfilmentContext, at: AtRecord): Promise<HeldRecord> {
  const found = (await listOthers(context, at)).find(({ recordId }) => recordId === at.recordId);
  if (found === undefined) throw new FulfilmentError("unknown-item");
  return found;
}

async function list(
  { authority, database, clock }: FulfilmentContext,
  state: PackageState | null,
  { after: from, limit }: { readonly after: Uuid | null; readonly limit: number },
): Promise<PackagePage> {
  const items: PackageFace[] = [];
  let after = from;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page = await authority.page(database, PACKAGE, { state: "live", after, limit: PAGE });
    for (const row of page.rows) {
      after = row.rowId;
      const isOver = row.endsAt !== null && row.endsAt <= clock.now();
      if (isOver || (state !== null && stateOf(row.content) !== state)) continue;
      items.push(faceOf(row));
      if (items.length === limit) return { items, next: after };
    }
    after = page.next;
    if (after === null) break;
  }
  return { items, next: after };
}
