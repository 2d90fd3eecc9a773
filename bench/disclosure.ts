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
/** A server is up for days; its first tens of thousands of answers are spent on compiling itself, a third of their processor time. */
const WARM_UP_SECONDS = 25;
/** For machines with other work to do: an answer that comes late lowers the rate, and is no failure. */
const TIMEOUT_SECONDS = 60;
const GROWTH = { connections: [1, 8, 256], seconds: 2 };
const FIELDS = ["person.first-name", "person.last-name", "person.birth-date", "claim.number", "claim.narrative"];
const NAMES = {
  ours: "disclosure: decided, sequenced, promised, 5 fields opened",
  session: "the same by staff, each with a session and customers of their own",
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
  for (const name of names) await load(targets[name], { connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < ROUNDS; round++) {
    step(`round ${round + 1} of ${ROUNDS}`);
    for (const name of names) {
      const before = await spent();
      const { perSecond, answers } = await load(targets[name], { connections: CONNECTIONS, seconds });
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
      { name: `${NAMES[name]}: the server`, value: middle(name, (round) => round.server), unit: "µs an answer" },
      { name: `${NAMES[name]}: PostgreSQL`, value: middle(name, (round) => round.database), unit: "µs an answer" },
    ]),
  };
}

/** Where, and who asks about whom. */
interface Target {
  readonly url: string;
  readonly askers: readonly { readonly token: string; readonly customers: Ready["customers"] }[];
}

function targetsOf({ url, baselineUrl, token, customers, staff }: Ready) {
  const askers = [{ token, customers }];
  return {
    ours: { url: `${url}/v1/disclosures`, askers },
    session: { url: `${url}/v1/disclosures`, askers: staff },
    plain: { url: `${baselineUrl}/plain`, askers },
    authenticated: { url: `${baselineUrl}/authenticated`, askers },
    pgcrypto: { url: `${baselineUrl}/pgcrypto`, askers },
  } satisfies Record<keyof typeof NAMES, Target>;
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
      points.push({ size: connections, value: (await load(targets[name], how)).perSecond });
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
  { url, askers }: Target,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<{ perSecond: number; answers: number }> {
  let connected = 0;
  const result = await autocannon({
    url,
    connections,
    timeout: TIMEOUT_SECONDS,
    duration: seconds,
    // Each connection asks for customers of its own: all of them for all the same would be built, and asked for, many times over.
    setupClient: (client) => {
      const nth = connected % connections;
      connected += 1;
      const { token, customers } = askers[nth % askers.length]!;
      const sharing = Math.ceil(connections / askers.length);
      const own = customers.filter((_, at) => at % sharing === Math.floor(nth / askers.length));
      client.setRequests(own.map((one) => requestBy(token, one)));
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load`);
  return { perSecond: result["2xx"] / result.duration, answers: result["2xx"] };
}

function requestBy(token: string, { customerId, unitId }: Ready["customers"][number]) {
  return {
    method: "POST" as const,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ customerId, workContext: { unitId }, purpose: "claim-handling", fields: FIELDS }),
  };
}

/** By the server and by PostgreSQL, together. */
function spentOn(processor: readonly Figure[], name: string): number {
  return processor.reduce((sum, figure) => (figure.name.startsWith(`${name}: `) ? sum + figure.value : sum), 0);
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
    {
      what: "disclosure with a session to one with an API client's token: processor time",
      ratio: spentOn(processor, NAMES.session) / spentOn(processor, NAMES.ours),
      atMost: 1.1,
    },
    { what: "disclosure to pgcrypto with an audit row", ratio: ours / rateOf(measured, NAMES.pgcrypto), atLeast: 2 },
    { what: "memory of the server under load", ratio: rssBytes / 1e6, unit: "MB", atMost: 400 },
  ];
}
