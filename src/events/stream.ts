// One stream of events: holds the place, reads the ledger page by page, hands over, confirms, moves on. Nothing is skipped, whatever fails.
import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger, TailEntry } from "../ledger/ledger.ts";
import type { Querier } from "../postgres/database.ts";
import { type Happening, happeningOf } from "./happening.ts";
import type { SecurityEvent } from "./ocsf.ts";
import { type HeldPosition, type Place, type PositionKeys, readPlace, takeStream } from "./position.ts";
import type { Sink } from "./sink.ts";

export type { Happening } from "./happening.ts";
export type { Place } from "./position.ts";
export type { Sink } from "./sink.ts";

export interface StreamOptions<Event = SecurityEvent> {
  readonly name: string;
  /** Whether the receiver may know of withheld entries. */
  readonly cleared: boolean;
  readonly sink: Sink<Event>;
  readonly ledger: Pick<Ledger, "tail">;
  readonly database: Querier;
  readonly keys: PositionKeys;
  /** What the sink is handed for an entry. `sequence` counts what this stream shows; `index` is the entry's place in the log. */
  readonly eventOf: (happening: Happening, at: { readonly sequence: number; readonly index: number }) => Event;
  /** Where the stream begins the first time; before the whole ledger when left out. Nothing that the sink is to have may stand before it. */
  readonly first?: () => Promise<Place>;
  readonly leaseSeconds: number;
  /** How often the ledger is looked at. */
  readonly everyMs: number;
  readonly onFailure: (failure: unknown) => void;
  readonly onForged: () => void;
}

export interface StreamState {
  /** What failed last, until something succeeds. */
  readonly failing: string | null;
  /** When the oldest entry that is not confirmed was made, in whole seconds since the Unix epoch; null when all are. */
  readonly waitingSince: number | null;
}

export interface Stream {
  readonly name: string;
  state(): StreamState;
  /** Confirms what has been sent, if the receiver answers within two seconds. */
  stop(): Promise<void>;
}

/** INVARIANT: no more than this is in memory, however far behind a stream is. */
const PAGE_ENTRIES = 64;
const CONFIRM_EVENTS = 2000;
/** How long a stop waits for a receiver; what is not confirmed by then is sent again after the next start. */
const STOP_MS = 2000;
const BACKOFF_MS_MIN = 250;
const BACKOFF_MS_MAX = 30_000;

interface Run<Event> {
  readonly options: StreamOptions<Event>;
  readonly signal: AbortSignal;
  failing: string | null;
  failures: number;
  waitingSince: number | null;
}

export function startStream<Event>(options: StreamOptions<Event>): Stream {
  const controller = new AbortController();
  const run: Run<Event> = { options, signal: controller.signal, failing: null, failures: 0, waitingSince: null };
  const loop = keepFollowing(run);
  return {
    name: options.name,
    state: () => ({ failing: run.failing, waitingSince: run.waitingSince }),
    async stop() {
      controller.abort();
      const impatient = setTimeout(() => options.sink.abandon(), STOP_MS);
      await loop;
      clearTimeout(impatient);
    },
  };
}

/** Doubles, with a part of it by chance, so that servers do not come back all at once. */
function backoffMs(failures: number): number {
  const most = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** Math.min(failures, 20));
  return most / 2 + (Math.random() * most) / 2;
}

async function keepFollowing<Event>(run: Run<Event>): Promise<void> {
  const { options, signal } = run;
  while (!signal.aborted) {
    let pauseMs = options.everyMs;
    try {
      const held = await takeStream({ ...options, stream: streamName(options) });
      if (held === null) await watchOther(run);
      else await followHeld(run, held);
    } catch (error) {
      run.failures += 1;
      run.failing = codeOf(error);
      options.onFailure(error);
      pauseMs = backoffMs(run.failures);
    }
    await pause(pauseMs, signal);
  }
}

/** INVARIANT: that another process holds the stream is only said by the row; how far it has come is shown by a MAC, and that is what the lag is told from. */
async function watchOther<Event>(run: Run<Event>): Promise<void> {
  const { options } = run;
  const { position } = await readPlace({ ...options, stream: streamName(options) });
  const [next] = await options.ledger.tail(position + 1, 1);
  run.waitingSince = next === undefined ? null : happeningOf(next).at;
}

/** A stream that is cleared is another one: what was left out before it was cleared is sent then. */
function streamName({ name, cleared }: Pick<StreamOptions, "name" | "cleared">): string {
  return cleared ? `${name}-cleared` : name;
}

async function followHeld<Event>(run: Run<Event>, held: HeldPosition): Promise<void> {
  const { leaseSeconds, sink } = run.options;
  const lost = new AbortController();
  const holding = setInterval(() => void holdOn(held, lost), (leaseSeconds * 1000) / 4);
  try {
    await follow(run, held, AbortSignal.any([run.signal, lost.signal]));
  } finally {
    clearInterval(holding);
    sink.abandon();
    await held.release().catch(() => {});
  }
}

async function holdOn(held: HeldPosition, lost: AbortController): Promise<void> {
  // While the database is away, what is written next fails by itself.
  const still = await held.hold().catch(() => true);
  if (!still) lost.abort();
}

async function follow<Event>(run: Run<Event>, held: HeldPosition, signal: AbortSignal): Promise<void> {
  const { sink, everyMs } = run.options;
  if (run.failures > 0) await repeatOverlap(run, held.place);
  let sent: Place = held.place;
  let unconfirmedSinceMs: number | null = null;
  while (!signal.aborted) {
    const entries = await readPage(run, sent.position + 1);
    if (entries.length > 0) {
      const events = eventsOf(run.options, entries, sent.events);
      await sink.deliver(events);
      sent = { position: entries.at(-1)!.index, events: sent.events + events.length };
      unconfirmedSinceMs ??= performance.now();
    }
    if (unconfirmedSinceMs !== null && isDue(sink, unconfirmedSinceMs, sent.events - held.place.events)) {
      await sink.confirm();
      if (!(await held.advance(sent))) return;
      unconfirmedSinceMs = null;
      succeed(run, entries.length < PAGE_ENTRIES);
    }
    if (entries.length < PAGE_ENTRIES) await pause(everyMs, signal);
  }
  if (unconfirmedSinceMs === null || !run.signal.aborted) return;
  await sink.confirm();
  await held.advance(sent);
}

async function readPage<Event>(run: Run<Event>, from: number): Promise<readonly TailEntry[]> {
  const entries = await run.options.ledger.tail(from, PAGE_ENTRIES);
  const first = entries[0];
  if (first !== undefined) run.waitingSince ??= happeningOf(first).at;
  return entries;
}

function isDue(sink: Pick<Sink, "confirmAfterMs">, sinceMs: number, events: number): boolean {
  return performance.now() - sinceMs >= sink.confirmAfterMs || events >= CONFIRM_EVENTS;
}

function succeed(run: Pick<Run<unknown>, "failing" | "failures" | "waitingSince">, caughtUp: boolean): void {
  run.failing = null;
  run.failures = 0;
  if (caughtUp) run.waitingSince = null;
}

/** Repeats under the same numbers, so that whoever receives them can tell. */
async function repeatOverlap<Event>(run: Run<Event>, place: Place): Promise<void> {
  const { sink, ledger } = run.options;
  const from = Math.max(0, place.position + 1 - sink.overlapEntries);
  const entries = from > place.position ? [] : await ledger.tail(from, place.position + 1 - from);
  const shown = entries.filter((entry) => isShown(run.options, entry));
  const events = eventsOf(run.options, entries, place.events - shown.length);
  if (events.length > 0) await sink.deliver(events);
}

/** INVARIANT: what is withheld leaves no trace: no event, no gap in the numbers. */
function eventsOf<Event>(options: StreamOptions<Event>, entries: readonly TailEntry[], before: number): Event[] {
  const shown = entries.filter((entry) => isShown(options, entry));
  return shown.map((entry, at) =>
    options.eventOf(happeningOf(entry), { sequence: before + at + 1, index: entry.index }),
  );
}

function isShown({ cleared }: Pick<StreamOptions, "cleared">, entry: TailEntry): boolean {
  return cleared || !happeningOf(entry).withheld;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "failed";
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
