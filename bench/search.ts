// Exact search through the real gate (right, ceilings, index, sealed checks, scope, masks, ledger entry), at three numbers of customers.
import { join } from "node:path";
import { type Authenticated, openAccess } from "../src/access/access.ts";
import {
  createDecider,
  type Gate,
  loadPolicySet,
  noGrounds,
  nobodyRegistered,
  nobodyRepresented,
  nothingDemanded,
  nothingEntitles,
  openGate,
  UNWATCHED,
} from "../src/disclosure/disclosure.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { idFromDigest, newId } from "../src/kernel/ids.ts";
import type { CustomerDraft } from "../src/vault/vault.ts";
import { type Beside, openBeside } from "./beside.ts";
import { fillSearch } from "./fill-search.ts";
import { median, millisecondsOf } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal, Point } from "./report.ts";

const ENTITY = "bench-life";
const BOOK = "bench-book";
/** The customers searched for are real: made, sealed and indexed like all. */
const SEARCHED = 200;
const WARM_UP_RUNS = 50;
/** Together below what one client may search in an hour. */
const ROUNDS = 8;
const RUNS_A_ROUND = 40;
const GOVERNANCE = join(import.meta.dirname, "../governance");

/** The sizes stand side by side, each in a database of its own, and are searched in turns: a slow minute of the machine falls on all of them. */
export async function benchSearch(customers: number): Promise<Goal[]> {
  const sizes = [customers / 100, customers / 10, customers].map(Math.round);
  return withScenes(sizes, [], async (scenes) => {
    step("searching");
    return [goalOf(await measureInTurns(scenes))];
  });
}

function withScenes<Result>(
  [size, ...others]: readonly number[],
  scenes: readonly Scene[],
  work: (scenes: readonly Scene[]) => Promise<Result>,
): Promise<Result> {
  if (size === undefined) return work(scenes);
  return withProduct(async (product) => {
    const beside = await openBeside(product);
    try {
      step(`${size.toLocaleString("en")} customers: filling`);
      const scene = await setScene(product, beside, size);
      await fillSearch(product.owner, product.embedded, 0, size - SEARCHED);
      return await withScenes(others, [...scenes, scene], work);
    } finally {
      await beside.close();
    }
  });
}

const BY = [
  { index: "email", name: "by e-mail", valuesOf: (nth: number) => ({ email: emailOf(nth) }) },
  { index: "person-name-birth-date", name: "by name and birth date", valuesOf: (nth: number) => nameOf(nth) },
] as const;

interface Scene {
  readonly size: number;
  readonly gate: Gate;
  /** One for each way of searching, since searches are capped. */
  readonly agents: readonly Authenticated[];
}

interface AtSize {
  readonly size: number;
  /** In the order of `BY`. */
  readonly medianMs: readonly number[];
}

async function measureInTurns(scenes: readonly Scene[]): Promise<AtSize[]> {
  const taken = scenes.map(() => BY.map((): number[] => []));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [at, scene] of scenes.entries()) {
      for (const [nth, by] of BY.entries()) {
        const runs = round === 0 ? WARM_UP_RUNS : RUNS_A_ROUND;
        const milliseconds = await millisecondsOf(runs, (run) =>
          searchOnce(scene, nth, by.valuesOf((run * 7) % SEARCHED)),
        );
        if (round > 0) taken[at]?.[nth]?.push(...milliseconds);
      }
    }
  }
  return scenes.map(({ size }, at) => ({ size, medianMs: (taken[at] ?? []).map(median) }));
}

async function searchOnce({ gate, agents }: Scene, nth: number, values: Record<string, string>): Promise<void> {
  const [asker, by] = [agents[nth], BY[nth]];
  if (asker === undefined || by === undefined) throw new Error("no client for this way of searching");
  const { hits } = await gate.search(asker, { index: by.index, values, purpose: "policy-servicing" });
  if (hits.length !== 1) throw new Error("a search did not find the one it was for");
}

/** A gate in this process, whose answers are not held back until the beat, so that what a search takes can be seen. */
async function setScene(product: Product, beside: Beside, size: number): Promise<Scene> {
  const { database, reading, keys, ledger, vault } = beside;
  const clock = systemClock;
  const onAnomaly = (): void => {
    throw new Error("a row of the bench's own does not verify");
  };
  const governanceFolder = join(GOVERNANCE, "access");
  const access = await openAccess({ database, keys, ledger, clock, governanceFolder, onAnomaly });
  const fieldPaths = vault.registry.allFields().map(({ path }) => path);
  const decider = createDecider(loadPolicySet({ folder: join(GOVERNANCE, "policies"), fieldPaths }));
  const inForce = await access.currentPolicySet();
  if (inForce === null) throw new Error("the server has no policy set in force");
  const policy = { decider, revision: inForce.revision };
  await makeSearched(beside);
  const agents: Authenticated[] = [];
  while (agents.length < BY.length) {
    const hired = await product.hire({
      name: "bench agent",
      role: "agent",
      purposes: ["policy-servicing"],
      rowScope: "groups",
      groups: [BOOK],
      entities: [ENTITY],
      lines: ["life"],
    });
    const agent = await access.authenticate(hired.token);
    if (agent === null) throw new Error("the token was refused");
    agents.push(agent);
  }
  return {
    size,
    gate: openGate({
      vault,
      access,
      ledger,
      keys,
      clock,
      policy: () => policy,
      grounds: noGrounds,
      stepUp: { shiftSeconds: 43_200, freshSeconds: 300, bulkCustomers: 20 },
      represented: nobodyRepresented,
      registered: nobodyRegistered,
      entitlements: nothingEntitles,
      demandedPapers: nothingDemanded,
      issueTokens: async () => {},
      database,
      reading,
      watch: UNWATCHED,
      searchBeatMs: 0,
      spendCustomers: async () => null,
    }),
    agents,
  };
}

const emailOf = (nth: number): string => `${letters(nth)}@bench-mail.example`;
const nameOf = (nth: number): Record<string, string> => ({
  "first-name": `Mara${letters(nth)}`,
  "last-name": `Holloway${letters(nth)}`,
  "birth-date": "1971-03-09",
});

function letters(nth: number): string {
  return [...String(nth)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
}

async function makeSearched({ vault, keys }: Beside): Promise<void> {
  const place = { entity: ENTITY, brand: ENTITY, line: "life" as const };
  const book = idFromDigest(keys.keyedDigest("group", BOOK));
  const record = (recordType: string, fields: Record<string, string>) => {
    const prepared = vault.prepare({ recordType, fields, context: { country: "US", dateFormat: "yyyy-mm-dd" } });
    if (!prepared.ok) throw new Error("a bench record was refused");
    return { recordId: newId(), record: prepared.record, source: null };
  };
  const draft = (nth: number): CustomerDraft => ({
    customerId: newId(),
    create: { kind: "person" },
    sources: [],
    units: [
      {
        unitId: newId(),
        create: { kind: "relationship", ...place, book },
        sources: [],
        records: [record("person", nameOf(nth)), record("contact", { email: emailOf(nth) })],
      },
    ],
  });
  const drafts = Array.from({ length: SEARCHED }, (_, nth) => draft(nth));
  await vault.create(drafts, { actorId: newId(), actorRevision: null, purpose: null, basis: null });
}

function goalOf(points: readonly AtSize[]): Goal {
  const [fewest, most] = [points[0], points.at(-1)];
  const ratios = BY.map((_, nth) => (most?.medianMs[nth] ?? Infinity) / (fewest?.medianMs[nth] ?? 0));
  return {
    what: "exact search at the most customers, to itself at the fewest",
    ratio: Math.max(...ratios),
    atMost: 1.3,
    figures: points.flatMap(({ size, medianMs }) =>
      BY.map(({ name }, nth) => ({
        name: `${name}, ${size.toLocaleString("en")} customers`,
        value: medianMs[nth] ?? 0,
        unit: "ms",
      })),
    ),
    growth: [
      {
        id: "search-by-customers",
        title: "One exact search through the gate",
        by: "customers",
        unit: "ms",
        series: BY.map(({ name }, nth) => ({
          name,
          points: points.map(({ size, medianMs }): Point => ({ size, value: medianMs[nth] ?? 0 })),
        })),
      },
    ],
  };
}
