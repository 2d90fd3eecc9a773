// How every bench measures: closed loops of workers for a fixed time, contenders taking turns, medians of rounds.

export interface Contender {
  readonly name: string;
  /** Where it is not the number of all. */
  readonly workers?: number;
  /** One unit of work. `worker` tells concurrent loops apart. */
  work(worker: number): Promise<unknown>;
}

export interface Measured {
  readonly name: string;
  /** Units a second: the median of the rounds. */
  readonly perSecond: number;
}

export interface Rounds {
  readonly workers: number;
  readonly seconds: number;
  readonly rounds: number;
}

const WARM_UP_SECONDS = 1;

/** Contenders run in turn within each round, so that a slow minute of the machine falls on all of them. */
export async function compare(contenders: readonly Contender[], how: Rounds): Promise<Measured[]> {
  for (const contender of contenders) await loop(contender, contender.workers ?? how.workers, WARM_UP_SECONDS);
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < how.rounds; round++) {
    for (const contender of contenders)
      rates.get(contender.name)?.push(await loop(contender, contender.workers ?? how.workers, how.seconds));
  }
  return contenders.map(({ name }) => ({ name, perSecond: median(rates.get(name) ?? []) }));
}

async function loop(contender: Contender, workers: number, seconds: number): Promise<number> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let done = 0;
  const worker = async (id: number): Promise<void> => {
    while (performance.now() < until) {
      await contender.work(id);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, id) => worker(id)));
  return done / ((performance.now() - begun) / 1000);
}

/** What the work gives, and how many seconds it took. */
export async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, (performance.now() - begun) / 1000];
}

/** How long each of some runs took, one after another, in milliseconds. */
export async function millisecondsOf(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run += 1) taken.push((await timed(() => work(run)))[1] * 1000);
  return taken;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The smallest of the values that at least this share of them do not exceed (nearest rank). Of none: 0. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
