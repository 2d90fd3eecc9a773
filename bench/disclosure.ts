// Disclosure over HTTP: authenticated, decided, sequenced, promised, five fields opened; against the same row with less or no protection.
import autocannon from "autocannon";
import { median, type Measured } from "./measure.ts";
import type { Database } from "../src/postgres/database.ts";
import { postgresCpuSeconds } from "./postgres-usage.ts";
import { step } from "./progress.ts";
import { type Figure, figuresOf, type Goal, type Growth, rateOf } from "./report.ts";
import type { Ready, Usage } from "./server.ts";
import { withServer } from "./stage.ts";

const CONNECTIONS = 64;
const ROUNDS = 3;
/** For machines with other work to do: an answer that comes late lowers the rate, and is no failure. */
const TIMEOUT_SECONDS = 60;
const GROWTH = { connections: [1, 8, 256], seconds: 2 };
const FIELDS = ["person.first-name", "person.last-name", "person.birth-date", "claim.number", "claim.narrative"];
const NAMES = {
  ours: "disclosure: decided, sequenced, promised, 5 fields opened",
  plain: "(a) the same row in plaintext by primary key",
  authenticated: "(b) the same, authenticated and validated",
  pgcrypto: "pgcrypto columns and an audit row a read",
} as const;

export async function benchDisclosure(seconds: number): Promise<Goal[]> {
  return withServer(async (ready, usage, owner) => {
    const spent = async (): Promise<Spent> => ({
      server: (await usage()).cpuSeconds,
      database: await databaseOf(owner),
    });
    const { measured, processor } = await measure(ready, spent, seconds);
    const { rssBytes } = await usage();
    return report({ measured, processor }, rssBytes, await growthByConnections(ready, measured));
  });
}

/** Seconds of processor time, all threads and processes together. PostgreSQL's are 0 where the system does not tell. */
interface Spent {
  readonly server: Usage["cpuSeconds"];
  readonly database: number;
}

async function databaseOf(owner: Database): Promise<number> {
  return (await postgresCpuSeconds(owner)) ?? 0;
}

interface Round {
  readonly perSecond: number;
  /** Microseconds an answer. */
  readonly server: number;
  readonly database: number;
}

async function measure(
  ready: Ready,
  spent: () => Promise<Spent>,
  seconds: number,
): Promise<{ measured: Measured[]; processor: Figure[] }> {
  const targets = targetsOf(ready);
  const names = Object.keys(targets) as (keyof typeof targets)[];
  const rounds = new Map<string, Round[]>();
  for (const name of names) await load(targets[name], ready, { connections: CONNECTIONS, seconds: 2 });
  for (let round = 0; round < ROUNDS; round++) {
    step(`round ${round + 1} of ${ROUNDS}`);
    for (const name of names) {
      const before = await spent();
      const { perSecond, answers } = await load(targets[name], ready, { connections: CONNECTIONS, seconds });
      const after = await spent();
      const each = (from: number, to: number): number => ((to - from) / answers) * 1e6;
      const taken = { server: each(before.server, after.server), database: each(before.database, after.database) };
      rounds.set(name, [...(rounds.get(name) ?? []), { perSecond, ...taken }]);
    }
  }
  const middle = (name: string, pick: (round: Round) => number): number => median((rounds.get(name) ?? []).map(pick));
  return {
    measured: names.map((name) => ({ name: NAMES[name], perSecond: middle(name, (round) => round.perSecond) })),
    processor: names.flatMap((name) => [
      { name: `${NAMES[name]}: the server`, value: middle(name, (round) => round.server), unit: "us an answer" },
      { name: `${NAMES[name]}: PostgreSQL`, value: middle(name, (round) => round.database), unit: "us an answer" },
    ]),
  };
}

function targetsOf(ready: Ready) {
  return {
    ours: `${ready.url}/v1/disclosures`,
    plain: `${ready.baselineUrl}/plain`,
    authenticated: `${ready.baselineUrl}/authenticated`,
    pgcrypto: `${ready.baselineUrl}/pgcrypto`,
  };
}

/** Short runs at other numbers of connections; the usual number has been measured already. */
async function growthByConnections(ready: Ready, measured: readonly Measured[]): Promise<Growth> {
  const targets = targetsOf(ready);
  const series: Growth["series"][number][] = [];
  for (const name of ["ours", "plain"] as const) {
    const points = [{ size: CONNECTIONS, value: rateOf(measured, NAMES[name]) }];
    for (const connections of GROWTH.connections) {
      step(`${connections} connections: ${NAMES[name]}`);
      const how = { connections, seconds: GROWTH.seconds };
      points.push({ size: connections, value: (await load(targets[name], ready, how)).perSecond });
    }
    series.push({ name: NAMES[name], points: points.toSorted((left, right) => left.size - right.size) });
  }
  return {
    id: "disclosures-by-connections",
    title: "Disclosures over HTTP",
    by: "connections",
    unit: "a second",
    series,
  };
}

async function load(
  url: string,
  ready: Ready,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<{ perSecond: number; answers: number }> {
  const requests = ready.customers.map(({ customerId, unitId }) => ({
    method: "POST" as const,
    body: JSON.stringify({ customerId, workContext: { unitId }, purpose: "claim-handling", fields: FIELDS }),
  }));
  const headers = { authorization: `Bearer ${ready.token}`, "content-type": "application/json" };
  let connected = 0;
  const result = await autocannon({
    url,
    headers,
    connections,
    timeout: TIMEOUT_SECONDS,
    duration: seconds,
    // Each connection asks for customers of its own: all of them for all the same would be built, and asked for, many times over.
    setupClient: (client) => {
      const own = requests.filter((_, nth) => nth % connections === connected % connections);
      connected += 1;
      client.setRequests(own);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load`);
  return { perSecond: result["2xx"] / result.duration, answers: result["2xx"] };
}

function report(
  { measured, processor }: { readonly measured: readonly Measured[]; readonly processor: readonly Figure[] },
  rssBytes: number,
  growth: Growth,
): Goal[] {
  const ours = rateOf(measured, NAMES.ours);
  return [
    {
      what: "disclosure to (a) plaintext",
      ratio: ours / rateOf(measured, NAMES.plain),
      atLeast: 0.4,
      figures: [...figuresOf(measured), ...processor],
      growth: [growth],
    },
    {
      what: "disclosure to (b) authenticated plaintext",
      ratio: ours / rateOf(measured, NAMES.authenticated),
      atLeast: 0.6,
    },
    { what: "disclosure to pgcrypto with an audit row", ratio: ours / rateOf(measured, NAMES.pgcrypto), atLeast: 2 },
    { what: "memory of the server under load", ratio: rssBytes / 1e6, unit: "MB", atMost: 400 },
  ];
}
