// A stream's place in the ledger: held by one process at a time, moved on by compare-and-set, believed only with its MAC.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import {
  advancePosition,
  holdPosition,
  type PositionRow,
  readPosition,
  releasePosition,
  resetPosition,
  takePosition,
} from "./position-store.ts";

export type PositionKeys = Pick<Keys, "authorityMac" | "verifyAuthorityMac">;

export interface Place {
  /** Index of the last entry that is done with; -1 before the first. */
  readonly position: number;
  /** How many events those made. */
  readonly events: number;
}

export interface HeldPosition {
  readonly place: Place;
  /** False when another process has taken over: nothing more may be sent. */
  advance(to: Place): Promise<boolean>;
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

export interface PositionOptions {
  readonly database: Querier;
  readonly keys: PositionKeys;
  readonly stream: string;
  /** How long a process may be silent before another takes the stream over. */
  readonly leaseSeconds: number;
  /** Where a stream begins that has no place yet; before the whole ledger when left out. */
  readonly first?: () => Promise<Place>;
  /** Told of a row that does not verify. The stream then begins anew, since repeated events are better than lost ones. */
  onForged(): void;
}

/** Before the whole ledger. INVARIANT: a row that is absent, or not ours, can lead to repetition alone. */
const FIRST: Place = { position: -1, events: 0 };

/** Null while another process holds the stream. */
export async function takeStream(options: PositionOptions): Promise<HeldPosition | null> {
  const { database, keys, stream } = options;
  const lease = { holder: newId(), seconds: options.leaseSeconds };
  const begin = (await options.first?.()) ?? FIRST;
  const first = { ...begin, mac: keys.authorityMac(macParts(stream, begin)) };
  const row = await takePosition(database, stream, lease, first);
  if (row === null) return null;
  const stored = verifiedPlace(options, row);
  if (stored !== null) return held(options, lease, stored);
  options.onForged();
  return (await resetPosition(database, stream, lease.holder, first)) ? held(options, lease, begin) : null;
}

/** How far the stream has come, whoever holds it. One that does not verify counts as before its beginning: whoever takes it begins anew. */
export async function readPlace(options: Omit<PositionOptions, "leaseSeconds" | "onForged">): Promise<Place> {
  const row = await readPosition(options.database, options.stream);
  return (row === null ? null : verifiedPlace(options, row)) ?? (await options.first?.()) ?? FIRST;
}

function verifiedPlace({ keys, stream }: Pick<PositionOptions, "keys" | "stream">, row: PositionRow): Place | null {
  const stored: Place = { position: row.position, events: row.events };
  return keys.verifyAuthorityMac(row.mac, macParts(stream, stored)) ? stored : null;
}

function held(
  { database, keys, stream }: PositionOptions,
  lease: { readonly holder: Uuid; readonly seconds: number },
  start: Place,
): HeldPosition {
  let place = start;
  return {
    get place() {
      return place;
    },
    async advance(to) {
      const step = {
        from: place.position,
        to: to.position,
        events: to.events,
        mac: keys.authorityMac(macParts(stream, to)),
      };
      if (!(await advancePosition(database, stream, lease, step))) return false;
      place = to;
      return true;
    },
    hold: () => holdPosition(database, stream, lease),
    release: () => releasePosition(database, stream, lease.holder),
  };
}

function macParts(stream: string, { position, events }: Place): string[] {
  return ["event-position", stream, String(position), String(events)];
}
