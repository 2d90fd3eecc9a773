// Disclosure over HTTP: authenticated, decided, sequenced, promised, five fields opened; against the same row with less or no protection.
import autocannon from "autocannon";
import { median, type Measured } from "./measure.ts";
import { printGoal, printMeasured, rateOf, type Goal } from "./report.ts";
import type { Ready } from "./server.ts";
import { withServer } from "./stage.ts";

const CONNECTIONS = 64;
const ROUNDS = 3;
const FIELDS = ["person.first-name", "person.last-name", "person.birth-date", "claim.number", "claim.narrative"];
const NAMES = {
  ours: "disclosure: decided, sequenced, promised, 5 fields opened",
  plain: "(a) the same row in plaintext by primary key",
  authenticated: "(b) the same, authenticated and validated",
  pgcrypto: "pgcrypto columns and an audit row a read",
} as const;

export async function benchDisclosure(seconds: number): Promise<Goal[]> {
  return withServer(async (ready, usage) => {
    const measured = await measure(ready, seconds);
    return report(measured, (await usage()).rssBytes);
  });
}

async function measure(ready: Ready, seconds: number): Promise<Measured[]> {
  const targets = {
    ours: `${ready.url}/v1/disclosures`,
    plain: `${ready.baselineUrl}/plain`,
    authenticated: `${ready.baselineUrl}/authenticated`,
    pgcrypto: `${ready.baselineUrl}/pgcrypto`,
  };
  const names = Object.keys(targets) as (keyof typeof targets)[];
  const rates = new Map<string, number[]>();
  for (const name of names) await load(targets[name], ready, 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const rate = await load(targets[name], ready, seconds);
      rates.set(name, [...(rates.get(name) ?? []), rate]);
    }
  }
  return names.map((name) => ({ name: NAMES[name], perSecond: median(rates.get(name) ?? []) }));
}

async function load(url: string, ready: Ready, seconds: number): Promise<number> {
  const requests = ready.customers.map(({ customerId, unitId }) => ({
    method: "POST" as const,
    body: JSON.stringify({ customerId, workContext: { unitId }, purpose: "claim-handling", fields: FIELDS }),
  }));
  const headers = { authorization: `Bearer ${ready.token}`, "content-type": "application/json" };
  const result = await autocannon({ url, headers, requests, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load`);
  return result["2xx"] / result.duration;
}

function report(measured: readonly Measured[], rssBytes: number): Goal[] {
  printMeasured(`Disclosure over HTTP, ${CONNECTIONS} connections, one server process`, measured);
  const ours = rateOf(measured, NAMES.ours);
  const goals: Goal[] = [
    { what: "disclosure to (a) plaintext", ratio: ours / rateOf(measured, NAMES.plain), atLeast: 0.4 },
    {
      what: "disclosure to (b) authenticated plaintext",
      ratio: ours / rateOf(measured, NAMES.authenticated),
      atLeast: 0.6,
    },
    { what: "disclosure to pgcrypto with an audit row", ratio: ours / rateOf(measured, NAMES.pgcrypto), atLeast: 2 },
    { what: "400 MB to memory of the server under load", ratio: 400_000_000 / rssBytes, atLeast: 1 },
  ];
  for (const goal of goals) printGoal(goal);
  return goals;
}
