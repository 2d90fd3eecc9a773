// For attacks: one run of the torture: clients work, a killer kills as planned, somebody outside looks on; then everything is left to come to rest.
import { watch } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { FEED, openCrew } from "../test-crew.ts";
import { openOutsideVerifier, type OutsideVerifier } from "../test-outside-verifier.ts";
import type { Person } from "../test-stage.ts";
import { erase, feedIn, read, rotate, type Work, write } from "./test-clients.ts";
import { type Evidence, noEvidence } from "./test-evidence.ts";
import type { Place } from "./test-place.ts";
import { type Kill, type Moment, planKills, randomFrom } from "./test-plan.ts";

export interface Tortured {
  readonly seed: number;
  readonly place: Place;
  readonly kills: readonly Kill[];
  readonly evidence: Evidence;
  readonly outside: OutsideVerifier;
  /** Reads what was created; reads entries and openings. */
  readonly work: Work;
  readonly auditor: Person;
  readonly secondsTaken: number;
}

const READERS = 3;
/** A moment that does not come is not waited for any longer. */
const MOMENT_MS_MAX = 5000;
const BREATH_MS = 400;
const LOOK_EVERY_MS = 60;

export async function torture(seed: number, killCount: number, openPlace: () => Promise<Place>): Promise<Tortured> {
  const beganMs = Date.now();
  const place = await openPlace();
  try {
    const url = await place.url();
    const crew = await openCrew(url, place.dataFolder);
    const outside = await openOutsideVerifier(url, crew.admin.token);
    const reader = await crew.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    const feed = await crew.hire(FEED);
    const over = new AbortController();
    const moments = openMoments(place.keyring, over.signal);
    const evidence = noEvidence();
    const { signal } = over;
    const random = randomFrom(seed ^ 0x5eed);
    const work: Work = { place, evidence, crew, reader, feed, random, seed, over: signal, reach: moments.reach };
    const kills = planKills(seed, killCount);
    const jobs = [write, erase, feedIn, rotate, ...Array.from({ length: READERS }, () => read)].map((job) => job(work));
    const doings = [killAll(work, kills, { outside, moments }), lookOn(work, outside), ...jobs];
    // Whoever ends first ends it for all: the killer when it is done, anybody else by a failure.
    const outcomes = await Promise.allSettled(doings.map((doing) => doing.finally(() => over.abort())));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    const secondsTaken = Math.round((Date.now() - beganMs) / 1000);
    return { seed, place, kills, evidence, outside, work, auditor: crew.dpo, secondsTaken };
  } catch (error) {
    await place.remove();
    throw error;
  }
}

interface Moments {
  readonly reach: (moment: Moment) => void;
  /** Resolves when it is reached next, or is not for long. */
  next(moment: Moment): Promise<void>;
}

/** Files of the keyring change in the middle of publishing and of a rewrap, where no client sees it. */
function openMoments(keyring: string, over: AbortSignal): Moments {
  const waiting = new Map<Moment, () => void>();
  const reach = (moment: Moment): void => waiting.get(moment)?.();
  watch(keyring, { recursive: true, signal: over }, (_, name) => {
    if (name?.startsWith("signer") === true) reach("publishing");
    // A first key is no rewrap.
    else if (/-([2-9]|[0-9]{2,})\.json/.test(name ?? "")) reach("rewrap");
  }).on("error", () => {});
  return {
    reach,
    next: async (moment) => {
      if (moment === "any") return;
      const reached = new Promise<void>((resolve) => waiting.set(moment, resolve));
      await Promise.race([reached, sleep(MOMENT_MS_MAX, undefined, { ref: false })]);
      waiting.delete(moment);
    },
  };
}

interface Watching {
  readonly outside: OutsideVerifier;
  readonly moments: Moments;
}

async function killAll(
  { place, random, over }: Work,
  kills: readonly Kill[],
  { outside, moments }: Watching,
): Promise<void> {
  for (const { target, moment, delayMs } of kills) {
    await sleep(BREATH_MS);
    if (over.aborted) return;
    await moments.next(moment);
    await sleep(delayMs);
    await place.kill(target, random);
    // What comes up must continue all that was signed before.
    await outside.verify(await place.url(), 2).catch((error: unknown) => {
      if (isOfVerification(error)) throw error;
    });
  }
  await sleep(BREATH_MS);
}

/** Looks at checkpoints all the time; not to reach the log, while it is killed, is no finding. */
async function lookOn({ place, over, evidence }: Work, outside: OutsideVerifier): Promise<void> {
  while (!over.aborted) {
    await sleep(LOOK_EVERY_MS);
    await outside.look(await place.url()).catch((error: unknown) => {
      if (isOfVerification(error)) evidence.contradictions.push(String(error));
    });
  }
}

function isOfVerification(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === "ERR_ASSERTION" || ["log-shrunk", "log-forked", "root-differs", "tile-differs"].includes(code ?? "");
}
