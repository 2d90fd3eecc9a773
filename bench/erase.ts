// Erasing: a customer with one record and one with ten thousand, until the erasure is acknowledged, until it is final, until it is swept.
import pg from "pg";
import type { Client } from "../sdk/client.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { newId } from "../src/kernel/ids.ts";
import type { CustomerDraft, Vault } from "../src/vault/vault.ts";
import { openBeside } from "./beside.ts";
import { median, timed } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Figure, Goal } from "./report.ts";

/** Short, so that the wait for leases hides as little as may be of what else an erasure costs. */
const LEASE_SECONDS = 1;
const ENTITY = "bench-life";
const MANY = 10_000;
const UNITS = 1000;
/** Below what one act may write. */
const RECORDS_A_CALL = 2000;
const POLL_MS = 20;
const FINAL_WITHIN_MS = 120_000;

export async function benchErase(rounds: number): Promise<Goal[]> {
  return withProduct(
    async (product) => {
      const officer = await hireOfficer(product);
      const beside = await openBeside(product);
      const superuser = new pg.Client({ connectionString: product.embedded.superuserUrl });
      await superuser.connect();
      // What was written before, or swept, is on the disk by then: neither erasure waits for the other's records.
      const settle = async () => void (await superuser.query("checkpoint"));
      try {
        const actor = { actorId: newId(), actorRevision: null, purpose: null, basis: null };
        const fill = (records: number, units: number): Promise<Uuid> =>
          writeCustomer(beside.vault, actor, { records, units });
        // A server's first minutes, not its days: its statements and its first bucket.
        await erase(officer, await fill(1, 1));
        const [small, large]: [Erased[], Erased[]] = [[], []];
        for (let round = 1; round <= rounds; round += 1) {
          step(`round ${round} of ${rounds}: customers with 1 and with ${MANY.toLocaleString("en")} records`);
          const [one, many] = [await fill(1, 1), await fill(MANY, 1)];
          const eraseOne = async () => void small.push(await erase(officer, one));
          const eraseMany = async () => void large.push(await erase(officer, many));
          // Whichever comes first comes after the writing of both, so they change places.
          const turns = round % 2 === 1 ? [eraseOne, eraseMany] : [eraseMany, eraseOne];
          for (const turn of turns) {
            await settle();
            await turn();
          }
        }
        step(`a customer with ${UNITS.toLocaleString("en")} retention units`);
        return report(small, large, await erase(officer, await fill(UNITS, UNITS)));
      } finally {
        await superuser.end();
        await beside.close();
      }
    },
    { leaseSeconds: LEASE_SECONDS },
  );
}

async function hireOfficer(product: Product): Promise<Client> {
  const hired = await product.hire({
    name: "bench privacy officer",
    role: "dpo",
    purposes: ["data-subject-request"],
    rowScope: "assignments",
    groups: [],
    entities: [ENTITY],
    lines: ["life"],
  });
  return hired.api;
}

interface Erased {
  readonly acknowledgedMs: number;
  readonly finalMs: number;
  /** From final on. */
  readonly sweptMs: number;
}

/** Waits until it is swept, so that the next one begins where this one began in the server's rounds. */
async function erase({ erasures }: Client, customerId: Uuid): Promise<Erased> {
  const begun = performance.now();
  const [{ erasureId }, seconds] = await timed(() => erasures.request({ customerId, reason: "bench" }));
  const until = async (is: (erasure: Awaited<ReturnType<typeof erasures.get>>) => boolean): Promise<number> => {
    while (!is(await erasures.get(erasureId))) {
      if (performance.now() - begun > FINAL_WITHIN_MS) throw new Error("an erasure does not become final");
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return performance.now() - begun;
  };
  const finalMs = await until(({ state }) => state === "final");
  const sweptMs = (await until(({ sweptAt }) => sweptAt !== null)) - finalMs;
  return { acknowledgedMs: seconds * 1000, finalMs, sweptMs };
}

async function writeCustomer(
  vault: Vault,
  actor: Parameters<Vault["create"]>[1],
  size: { readonly records: number; readonly units: number },
): Promise<Uuid> {
  const customerId = newId();
  const unitIds = Array.from({ length: size.units }, newId);
  const made = new Set<Uuid>();
  for (let at = 0; at < size.records; at += RECORDS_A_CALL) {
    const count = Math.min(RECORDS_A_CALL, size.records - at);
    const records = Array.from({ length: count }, (_, nth) => ({
      ...claim(vault, at + nth),
      unitId: unitIds[(at + nth) % unitIds.length] ?? newId(),
    }));
    const units = Map.groupBy(records, ({ unitId }) => unitId);
    const draft: CustomerDraft = {
      customerId,
      create: at === 0 ? { kind: "person" } : null,
      sources: [],
      units: [...units].map(([unitId, own]) => ({
        unitId,
        // An open claim is not erased.
        create: made.has(unitId)
          ? null
          : { kind: "claim", entity: ENTITY, brand: ENTITY, line: "life", book: null, status: "closed" },
        sources: [],
        records: own.map(({ recordId, record }) => ({ recordId, record, source: null })),
      })),
    };
    await vault.create([draft], actor);
    for (const unitId of units.keys()) made.add(unitId);
  }
  return customerId;
}

function claim(vault: Vault, at: number) {
  const fields = {
    number: `CL-${at}`,
    narrative: `Water came through the ceiling of room ${at}`,
    status: "in-process",
  };
  const prepared = vault.prepare({ recordType: "claim", fields, context: { country: "US", dateFormat: "yyyy-mm-dd" } });
  if (!prepared.ok) throw new Error("a bench record was refused");
  return { recordId: newId(), record: prepared.record };
}

function report(small: readonly Erased[], large: readonly Erased[], units: Erased): Goal[] {
  const of = (erased: readonly Erased[], what: keyof Erased): number => median(erased.map((one) => one[what]));
  const ratio = (what: keyof Erased): number => of(large, what) / of(small, what);
  const figures = (name: string, erased: readonly Erased[]): Figure[] => [
    { name: `${name}: until acknowledged`, value: of(erased, "acknowledgedMs"), unit: "ms" },
    {
      name: `${name}: until final, waits with it (leases of ${LEASE_SECONDS} s here)`,
      value: of(erased, "finalMs"),
      unit: "ms",
    },
    { name: `${name}: sweeping afterwards what nobody can read any more`, value: of(erased, "sweptMs"), unit: "ms" },
  ];
  const many = MANY.toLocaleString("en");
  return [
    {
      what: `erase ${many} records to erase 1: until acknowledged`,
      ratio: ratio("acknowledgedMs"),
      atMost: 1.2,
      figures: [
        ...figures("1 record", small),
        ...figures(`${many} records`, large),
        ...figures(`${UNITS.toLocaleString("en")} retention units of a record`, [units]),
      ],
    },
    { what: `erase ${many} records to erase 1: until final`, ratio: ratio("finalMs"), atMost: 1.2 },
  ];
}
