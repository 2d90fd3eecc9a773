// Weighing looks at customers with a large past: what an ordinary look costs, and what reading somebody's past costs once.
import { join } from "node:path";
import { type Authenticated, openAccess } from "../src/access/access.ts";
import { openAuthorityRows } from "../src/authority/authority.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import { sql } from "../src/postgres/sql.ts";
import { openWatch, type WatchDomain } from "../src/watch/watch.ts";
import { type Beside, openBeside } from "./beside.ts";
import { disclosureDraft, fillLog, walkingClock } from "./fill-log.ts";
import { median } from "./measure.ts";
import { withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal } from "./report.ts";

const PEOPLE = 200;
const CUSTOMERS = 100_000;
const SPAN_MS = 120 * 86_400_000;
const LOOKS = 400_000;
const ROUNDS = 5;
const GOVERNANCE = join(import.meta.dirname, "../governance");

export async function benchWatch(disclosures: number): Promise<Goal[]> {
  return withProduct(async (product) => {
    const clock = walkingClock(SPAN_MS);
    const beside = await openBeside(product, clock);
    try {
      const people = Array.from({ length: PEOPLE }, newId);
      const customers = Array.from({ length: CUSTOMERS }, newId);
      step(`${disclosures.toLocaleString("en")} disclosures by ${PEOPLE} people: writing`);
      await fillLog(beside, { from: 0, to: disclosures }, (at) => {
        clock.at(at / disclosures);
        return disclosureDraft(people[at % PEOPLE]!, customers[(at * 7919) % CUSTOMERS]!);
      });
      // What PostgreSQL does by itself within minutes.
      await product.owner.query(sql`vacuum analyze ledger_entry`);
      return await measure(await openOn(beside), { people, customers, disclosures });
    } finally {
      await beside.close();
    }
  });
}

async function openOn({ database, keys, ledger, vault }: Beside): Promise<WatchDomain> {
  const clock = systemClock;
  const governanceFolder = join(GOVERNANCE, "access");
  const access = await openAccess({ database, keys, ledger, clock, governanceFolder, onAnomaly: () => {} });
  const authority = openAuthorityRows({ keys, clock, onAnomaly: () => {} });
  return openWatch({
    database,
    keys,
    ledger,
    access,
    authority,
    vault,
    clock,
    governanceFolder: join(GOVERNANCE, "watch"),
    isShared: false,
    roleOf: async () => null,
    onAlert: () => {},
    onFailure: (failure) => {
      throw failure;
    },
  });
}

interface Past {
  readonly people: readonly Uuid[];
  readonly customers: readonly Uuid[];
  readonly disclosures: number;
}

async function measure(watch: WatchDomain, { people, customers, disclosures }: Past): Promise<Goal[]> {
  const staff = people.map((principalId) => askerOf(principalId, "staff"));
  step("first looks: reading each person's past");
  const firstMs: number[] = [];
  for (const asker of staff) {
    const startedAt = performance.now();
    await watch.weigh(asker, [lookAt(customers[0]!)]);
    firstMs.push(performance.now() - startedAt);
  }
  step("ordinary looks");
  // Each asks about some ten customers, as a person does within an hour: more of them would be held, which is another cost.
  const ofPerson = (nth: number): Uuid =>
    customers[((nth % PEOPLE) * 31 + (Math.floor(nth / PEOPLE) % 10)) % CUSTOMERS]!;
  const person = processorMicroseconds((nth) => watch.weigh(staff[nth % PEOPLE]!, [lookAt(ofPerson(nth))]));
  const systems = people.map((principalId) => askerOf(principalId, "client"));
  const machine = processorMicroseconds((nth) =>
    watch.weigh(systems[nth % PEOPLE]!, [lookAt(customers[(nth * 7919) % CUSTOMERS]!)]),
  );
  const of = `at ${disclosures.toLocaleString("en")} past disclosures`;
  return [
    {
      what: "watch: processor time of an ordinary look",
      ratio: Math.max(person, machine),
      unit: "µs",
      atMost: 10,
      figures: [
        { name: `a member of staff, ${of}`, value: person, unit: "µs" },
        { name: `a system, ${of}`, value: machine, unit: "µs" },
      ],
    },
    {
      what: "watch: first look of somebody in a process, the past read",
      ratio: median(firstMs),
      unit: "ms",
      atMost: 100,
      figures: [
        { name: `median of ${PEOPLE} people, ${of}`, value: median(firstMs), unit: "ms" },
        { name: "slowest", value: Math.max(...firstMs), unit: "ms" },
      ],
    },
  ];
}

/** Of this process, a call: other work on the machine does not count. Throws when a look was not answered at once. */
function processorMicroseconds(look: (nth: number) => unknown): number {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let nth = 0; nth < LOOKS / ROUNDS; nth += 1)
      if (look(nth) !== null) throw new Error("an ordinary look was found odd, or had to wait");
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / (LOOKS / ROUNDS));
  }
  return median(rounds);
}

function lookAt(customerId: Uuid): Parameters<WatchDomain["weigh"]>[1][number] {
  const facts = { isInScope: true, refused: false, isClear: true, hasReason: false, isFresh: false, isApproved: false };
  return { customerId, unitId: null, tie: "assigned", flags: NO_FLAGS, ...facts };
}

const NO_FLAGS: ReadonlySet<never> = new Set();

function askerOf(principalId: Uuid, kind: "staff" | "client"): Authenticated {
  return {
    principalId,
    kind,
    role: kind === "staff" ? "claims-adjuster" : "service-account",
    customerId: null,
    status: "active",
    revision: 1,
    act: principalId,
    purposes: ["claim-handling"],
    rowScope: "assignments",
    groups: [],
    entities: ["bench-life"],
    lines: ["life"],
    classCeiling: null,
    expiresAt: null,
    signIn: null,
  };
}
