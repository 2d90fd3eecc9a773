// Disposal: a preview of many units in the background of a server, and a run of what it found; and the copy of a customer with thousands of records.
import type { Client } from "../sdk/client.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { newId } from "../src/kernel/ids.ts";
import { type CustomerDraft, originText, type Vault } from "../src/vault/vault.ts";
import { openBeside } from "./beside.ts";
import { timed } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal } from "./report.ts";

const LEASE_SECONDS = 1;
const ENTITY = "bench-life";
const YEARS_MS = 13 * 365.25 * 86_400_000;
const UNITS_A_CUSTOMER = 4;
const CUSTOMERS_A_CALL = 250;
const POLL_MS = 100;
const WITHIN_MS = 900_000;
const PREVIEW_SECONDS_MAX = 60;
const NOBODY = { actorId: newId(), actorRevision: null, purpose: null, basis: null };

export async function benchDisposal(units: number): Promise<Goal[]> {
  return withProduct(
    async (product) => {
      const then = { now: () => new Date(Date.now() - YEARS_MS) };
      const beside = await openBeside(product, then);
      try {
        step(`writing ${units.toLocaleString("en")} units, as thirteen years ago`);
        for (let left = units / UNITS_A_CUSTOMER; left > 0; left -= CUSTOMERS_A_CALL)
          await beside.vault.create(drafts(Math.min(left, CUSTOMERS_A_CALL)), NOBODY);
        return await measure(product, units);
      } finally {
        await beside.close();
      }
    },
    { leaseSeconds: LEASE_SECONDS },
  );
}

function drafts(count: number): CustomerDraft[] {
  return Array.from({ length: count }, () => ({
    customerId: newId(),
    create: { kind: "person" as const },
    sources: [],
    units: (["policy", "claim", "claim", "relationship"] as const).map((kind) => ({
      unitId: newId(),
      create: { kind, entity: ENTITY, brand: ENTITY, line: "auto" as const, book: null, status: "closed" as const },
      sources: [],
      records: [],
    })),
  }));
}

async function measure(product: Product, units: number): Promise<Goal[]> {
  const officer = (await hire(product, "dpo")).api;
  const second = (await hire(product, "dpo")).api;
  await product.forgetPeak();
  step("preview");
  const { disposalId } = await officer.disposals.ask({ reason: "bench" });
  const [previewed, previewSeconds] = await timed(() => until(officer, disposalId, "previewed"));
  const peakBytes = await product.peakBytes();
  const { found } = previewed;
  if (found === null || found.judged !== units) throw new Error("a preview did not judge every unit");
  step(`run of ${found.due.toLocaleString("en")} units`);
  await second.disposals.decide(disposalId, { approve: true, digest: found.digest });
  const [{ ended }, runSeconds] = await timed(() => until(officer, disposalId, "complete"));
  if (ended?.erased !== found.due) throw new Error("a run left what was due");
  return [
    {
      what: `preview of what falls due among ${units.toLocaleString("en")} units`,
      ratio: previewSeconds,
      unit: "s",
      atMost: PREVIEW_SECONDS_MAX,
      figures: [
        { name: "units judged", value: units / previewSeconds, unit: "/s" },
        { name: "most memory of the server meanwhile", value: peakBytes / 1e6, unit: "MB" },
        { name: `run of ${found.due.toLocaleString("en")} units, to its certificate`, value: runSeconds, unit: "s" },
        { name: "units judged again and erased, finally", value: found.due / runSeconds, unit: "/s" },
      ],
    },
  ];
}

type Disposal = Awaited<ReturnType<Client["disposals"]["get"]>>;

async function until({ disposals }: Client, disposalId: string, state: Disposal["state"]): Promise<Disposal> {
  const since = performance.now();
  for (;;) {
    const disposal = await disposals.get(disposalId);
    if (disposal.state === state) return disposal;
    if (performance.now() - since > WITHIN_MS) throw new Error(`a disposal does not become ${state}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function hire(product: Product, role: "dpo") {
  return product.hire({
    name: "bench privacy officer",
    role,
    purposes: ["data-subject-request"],
    rowScope: "assignments",
    groups: [],
    entities: [ENTITY],
    lines: ["life", "auto"],
  });
}

export async function benchDataCopy(records: number): Promise<Goal[]> {
  return withProduct(async (product) => {
    const beside = await openBeside(product);
    try {
      const [{ api: maker }, { api: sender }] = [await hire(product, "dpo"), await hire(product, "dpo")];
      const people = { maker, sender };
      step("a customer with one record, for the server to be warm");
      await copyOf(people, await writeCustomer(beside.vault, 1));
      step(`a customer with ${records.toLocaleString("en")} records`);
      const customerId = await writeCustomer(beside.vault, records);
      await product.forgetPeak();
      const { makeSeconds, fetchSeconds, bytes } = await copyOf(people, customerId);
      return [
        {
          what: `copy of all data of a customer with ${records.toLocaleString("en")} records`,
          ratio: makeSeconds,
          unit: "s",
          figures: [
            { name: "records gathered through the gate and sealed again", value: records / makeSeconds, unit: "/s" },
            { name: "fetched as JSON", value: fetchSeconds, unit: "s" },
            { name: "its size", value: bytes / 1e6, unit: "MB" },
            { name: "most memory of the server meanwhile", value: (await product.peakBytes()) / 1e6, unit: "MB" },
          ],
        },
      ];
    } finally {
      await beside.close();
    }
  });
}

/** Whoever makes it does not send it (docs/decisions/0442). */
async function copyOf({ maker, sender }: Readonly<Record<"maker" | "sender", Client>>, customerId: Uuid) {
  const [{ copyId }, makeSeconds] = await timed(() => maker.dataCopies.make(customerId));
  const [answer, fetchSeconds] = await timed(async () =>
    (await sender.dataCopies.fetch({ customerId, copyId }, "json")).arrayBuffer(),
  );
  return { makeSeconds, fetchSeconds, bytes: answer.byteLength };
}

const RECORDS_A_CALL = 2000;

async function writeCustomer(vault: Vault, records: number): Promise<Uuid> {
  const [customerId, unitId] = [newId(), newId()];
  for (let at = 0; at < records; at += RECORDS_A_CALL) {
    const count = Math.min(RECORDS_A_CALL, records - at);
    const draft: CustomerDraft = {
      customerId,
      create: at === 0 ? { kind: "person" } : null,
      sources: [],
      units: [
        {
          unitId,
          create:
            at === 0
              ? { kind: "claim", entity: ENTITY, brand: ENTITY, line: "auto", book: null, status: "open" }
              : null,
          sources: [],
          records: Array.from({ length: count }, (_, nth) => claim(vault, at + nth)),
        },
      ],
    };
    await vault.create([draft], NOBODY);
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
  // Their own words, since a copy that somebody has to read first is fetched by nobody meanwhile.
  const origin = originText({ source: "person", ground: "given", reference: null, institution: null });
  return { recordId: newId(), record: { ...prepared.record, origin }, source: null };
}
