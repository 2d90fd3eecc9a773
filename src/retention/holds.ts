// Legal holds by matter: placed by one at once, since it only keeps; released by two.
import type { AlsoWrite, Authenticated, HeldPlace } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { RetentionContext } from "./context.ts";
import { RetentionError } from "./errors.ts";
import {
  faceOf,
  heldPlace,
  HOLD,
  type HoldContent,
  type HoldFace,
  type HoldRow,
  type HoldState,
  isSamePlace,
  stateOf,
} from "./hold-row.ts";

export interface HoldAsked {
  readonly reference: string;
  readonly ground: HoldContent["ground"];
  readonly reason: string;
  readonly places: readonly HeldPlace[];
}

export interface HoldPage {
  readonly items: readonly HoldFace[];
  readonly next: Uuid | null;
}

/** Writes throw RetentionError, and AccessError `not-permitted` (recorded), `unknown-customer`, `erased`, `too-many-holds`, `stale-actor`. */
export interface Holds {
  place(asker: Authenticated, asked: HoldAsked, also?: AlsoWrite): Promise<HoldFace>;
  /** More customers and units of the same matter. */
  extend(asker: Authenticated, holdId: Uuid, places: readonly HeldPlace[], also?: AlsoWrite): Promise<HoldFace>;
  /** The first of two: what is to be released and why. `places`: null for all. */
  askRelease(
    asker: Authenticated,
    asked: { readonly holdId: Uuid; readonly reason: string; readonly places: readonly HeldPlace[] | null },
    also?: AlsoWrite,
  ): Promise<HoldFace>;
  /** The second of two people. */
  decideRelease(
    asker: Authenticated,
    decided: { readonly holdId: Uuid; readonly approve: boolean },
    also?: AlsoWrite,
  ): Promise<HoldFace>;
  get(holdId: Uuid): Promise<HoldFace>;
  list(
    filter: { readonly state: HoldState | null },
    page: { readonly after: Uuid | null; readonly limit: number },
  ): Promise<HoldPage>;
}

const PLACES_MAX = 400;
const SCANNED_MAX = 2000;
const PAGE = 100;

export function openHolds(context: RetentionContext): Holds {
  return {
    place: (asker, asked, also) => place(context, asker, asked, also),
    extend: (asker, holdId, places, also) => extend(context, asker, { holdId, places }, also),
    askRelease: (asker, asked, also) => askRelease(context, asker, asked, also),
    decideRelease: (asker, decided, also) => decideRelease(context, asker, decided, also),
    get: async (holdId) => faceOf(await rowOf(context, holdId)),
    list: ({ state }, page) => list(context, state, page),
  };
}

async function rowOf({ authority, database }: RetentionContext, holdId: Uuid): Promise<HoldRow> {
  const row = await authority.get(database, HOLD, { ownerId: holdId, rowId: holdId });
  if (row === null) throw new RetentionError("unknown-hold");
  return row;
}

async function place(
  context: RetentionContext,
  asker: Authenticated,
  asked: HoldAsked,
  also?: AlsoWrite,
): Promise<HoldFace> {
  const { access, clock } = context;
  const places = await checkedPlaces(context, asker, asked.places, []);
  const holdId = newId();
  const { reference, ground, reason } = asked;
  const content: HoldContent = {
    reference,
    ground,
    reason,
    placedBy: asker.principalId,
    placedAt: clock.now().toISOString(),
    places: places.map((one) => ({ ...one })),
    release: null,
    releasedAt: null,
  };
  const targets = customersOf(places);
  const attempt = { kind: "hold", action: "hold.place", actor: asker, targets, withheld: true, also } as const;
  await access.write(attempt, async ({ tx, act, changeHolds }) => {
    const held = await changeHolds({ holdId, set: places, lift: [] });
    const row = putRow(HOLD, { rowId: holdId, content });
    const written = await context.authority.change(tx, { ownerId: holdId, act, reads: [], make: () => [row] });
    const detail = { hold: holdId, ground, reference };
    return { result: null, written: [...held, ...written], customers: targets, detail, ids: [holdId] };
  });
  return faceOf(await rowOf(context, holdId));
}

/** Each once, of a customer and a unit that are there. Refused attempts of whoever has no right are recorded first. */
async function checkedPlaces(
  { access, vault }: RetentionContext,
  asker: Authenticated,
  asked: readonly HeldPlace[],
  standing: readonly HeldPlace[],
): Promise<readonly HeldPlace[]> {
  const places = asked.filter(
    (one, at) =>
      asked.findIndex((other) => isSamePlace(one, other)) === at && !standing.some((held) => isSamePlace(one, held)),
  );
  if (!access.may(asker, "hold.place")) return places;
  if (standing.length + places.length > PLACES_MAX) throw new RetentionError("too-many-places");
  const known = await access.authoritiesOf(customersOf(places));
  for (const { customerId, unitId } of places) {
    if (known.get(customerId)?.state?.status !== "active") throw new RetentionError("unknown-place");
    const unit = unitId === null ? null : await vault.loadUnit({ customerId, unitId });
    if (unitId !== null && (unit === null || unit.header.status === "erased"))
      throw new RetentionError("unknown-place");
  }
  return places;
}

function customersOf(places: readonly HeldPlace[]): Uuid[] {
  return [...new Set(places.map(({ customerId }) => customerId))];
}

async function extend(
  context: RetentionContext,
  asker: Authenticated,
  { holdId, places: asked }: { readonly holdId: Uuid; readonly places: readonly HeldPlace[] },
  also?: AlsoWrite,
): Promise<HoldFace> {
  const { content } = await rowOf(context, holdId);
  const places = await checkedPlaces(context, asker, asked, content.places.map(heldPlace));
  const change = { action: "hold.place", set: places, lift: [] } as const;
  return changed(context, asker, { holdId, ...change, also }, (held) => {
    const all = [...held.places, ...places.filter((one) => !held.places.some((other) => isSamePlace(one, other)))];
    if (all.length > PLACES_MAX) throw new RetentionError("too-many-places");
    return { ...held, places: all.map((one) => ({ ...one })) };
  });
}

async function askRelease(
  context: RetentionContext,
  asker: Authenticated,
  asked: { readonly holdId: Uuid; readonly reason: string; readonly places: readonly HeldPlace[] | null },
  also?: AlsoWrite,
): Promise<HoldFace> {
  const { holdId, reason, places } = asked;
  const at = context.clock.now().toISOString();
  const change = { action: "hold.release", set: [], lift: [] } as const;
  return changed(context, asker, { holdId, ...change, also }, (held) => {
    if (held.release !== null) throw new RetentionError("wrong-state");
    if (places?.some((one) => !held.places.some((other) => isSamePlace(one, other))) === true)
      throw new RetentionError("unknown-place");
    const release = { by: asker.principalId, at, reason, places: places?.map((one) => ({ ...one })) ?? null };
    return { ...held, release };
  });
}

async function decideRelease(
  context: RetentionContext,
  asker: Authenticated,
  { holdId, approve }: { readonly holdId: Uuid; readonly approve: boolean },
  also?: AlsoWrite,
): Promise<HoldFace> {
  const { content } = await rowOf(context, holdId);
  const { release } = content;
  if (release === null || content.releasedAt !== null) throw new RetentionError("wrong-state");
  const lift = approve ? (release.places ?? content.places).map(heldPlace) : [];
  // INVARIANT: who asks for a release does not decide on it, also as another principal of theirs, or through a client.
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  for (const one of askers)
    if (one === release.by || (await context.areOnePerson(one, asId(release.by))))
      return refuseOwn(context, asker, holdId);
  const change = { action: "hold.decide-release", set: [], lift } as const;
  return changed(context, asker, { holdId, ...change, also }, (held) => {
    // What was asked is what is decided: somebody else's later asking is not.
    if (held.release?.at !== release.at || held.release.by !== release.by) throw new RetentionError("wrong-state");
    if (!approve) return { ...held, release: null };
    const left = held.places.filter((one) => !lift.some((gone) => isSamePlace(one, gone)));
    if (left.length > 0) return { ...held, places: left, release: null };
    return { ...held, releasedAt: context.clock.now().toISOString() };
  });
}

async function refuseOwn({ access }: RetentionContext, asker: Authenticated, holdId: Uuid): Promise<never> {
  const attempt = { kind: "hold", action: "hold.decide-release", actor: asker, targets: [holdId] } as const;
  return access.write(attempt, () => Promise.reject(new RetentionError("own-request")));
}

interface Change {
  readonly holdId: Uuid;
  readonly action: "hold.place" | "hold.release" | "hold.decide-release";
  readonly set: readonly HeldPlace[];
  readonly lift: readonly HeldPlace[];
  readonly also: AlsoWrite | undefined;
}

async function changed(
  context: RetentionContext,
  asker: Authenticated,
  { holdId, action, set, lift, also }: Change,
  make: (held: HoldContent) => HoldContent,
): Promise<HoldFace> {
  const { access, authority, clock } = context;
  const targets = customersOf([...set, ...lift]);
  const attempt = { kind: "hold", action, actor: asker, targets, withheld: true, also } as const;
  await access.write(attempt, async ({ tx, act, changeHolds }) => {
    const held = await changeHolds({ holdId, set, lift });
    const written = await authority.change(tx, {
      ownerId: holdId,
      act,
      reads: [HOLD.kind],
      make: (live) => {
        const row = live.get(HOLD, holdId, clock.now());
        if (row === null || row.content.releasedAt !== null) throw new RetentionError("wrong-state");
        return [putRow(HOLD, { ...row, content: make(row.content) })];
      },
    });
    const detail = { hold: holdId, set: set.length, lifted: lift.length };
    return { result: null, written: [...held, ...written], customers: targets, detail, ids: [holdId] };
  });
  return faceOf(await rowOf(context, holdId));
}

async function list(
  context: RetentionContext,
  state: HoldState | null,
  { after: from, limit }: { readonly after: Uuid | null; readonly limit: number },
): Promise<HoldPage> {
  const items: HoldFace[] = [];
  let after = from;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page = await context.authority.page(context.database, HOLD, { state: "live", after, limit: PAGE });
    for (const row of page.rows) {
      after = row.rowId;
      if (state !== null && stateOf(row.content) !== state) continue;
      items.push(faceOf(row));
      if (items.length === limit) return { items, next: after };
    }
    after = page.next;
    if (after === null) break;
  }
  return { items, next: after };
}
