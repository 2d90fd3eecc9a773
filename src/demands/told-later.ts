// When a lawful delay is over: what was produced in it is put on the customers' own lists, where it could not stand before (45 CFR 164.528(a)(2)).
import { z } from "zod";
import { type LiveRows, putRow, type Row, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { OpenedEntry } from "../ledger/ledger.ts";
import type { DemandsContext } from "./context.ts";
import { DEMAND, type DemandRow, TOLD_LATER, type ToldLater } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import { entriesOn, processesUnder } from "./productions.ts";
import { customersOf } from "./scope.ts";

type Context = Pick<DemandsContext, "access" | "authority" | "clock" | "database" | "ledger">;

/** What was decided before the end may be sequenced a little after it: lists are made up once that has settled. */
const SETTLED_MS = 60_000;
const IDS_A_ROW = 500;

/** Ids of entries that are withheld by their seal and that the customer is told of now. */
export async function toldLater({ authority, clock, database }: Context, customerId: Uuid): Promise<readonly Uuid[]> {
  const rows = (await authority.liveOfMany(database, [TOLD_LATER], [customerId])).get(customerId);
  return (rows?.of(TOLD_LATER, clock.now()) ?? []).flatMap(({ content }) => content.entryIds);
}

/** Safe to run twice, here or in another process. */
export async function showWhatWasDelayed(context: Context, row: DemandRow): Promise<void> {
  if (isOver(row, context.clock.now())) await show(context, row).catch(unlessSettled);
}

/** Another process was first. */
function unlessSettled(error: unknown): void {
  if (!(error instanceof DemandError && error.code === "wrong-state")) throw error;
}

function isOver({ content: { notice } }: DemandRow, now: Date): boolean {
  if (notice === null || notice.shownAt !== null) return false;
  if (notice.mode !== "delayed") return notice.isKeptBack;
  if (notice.untilAt === null) return false;
  return new Date(notice.untilAt).getTime() + SETTLED_MS <= now.getTime();
}

/** One act for all its customers and the demand. */
async function show(context: Context, { rowId: demandId, content: { named } }: DemandRow): Promise<void> {
  const { access, authority, clock } = context;
  const customers = customersOf(named);
  const found = new Map<Uuid, readonly Uuid[]>();
  for (const customerId of customers) found.set(customerId, await shownOf(context, demandId, customerId));
  const attempt = { kind: "demand", action: "demand.show", actor: access.system, targets: customers } as const;
  await access.write({ ...attempt, withheld: true }, async ({ tx, act }) => {
    const written = [];
    for (const ownerId of [...customers, demandId].toSorted()) {
      const changes = (live: LiveRows): readonly RowChange[] =>
        ownerId === demandId
          ? settled(live.get(DEMAND, demandId, clock.now()), clock.now())
          : putTold(demandId, found.get(ownerId) ?? [], live.of(TOLD_LATER, clock.now()));
      const reads = [ownerId === demandId ? DEMAND.kind : TOLD_LATER.kind];
      written.push(...(await authority.change(tx, { ownerId, act, reads, make: changes })));
    }
    const entries = [...found.values()].reduce((sum, ids) => sum + ids.length, 0);
    const detail = { demand: demandId, shown: entries };
    return { result: null, written, customers, detail, ids: [demandId] };
  });
}

/** Another process may have been first, or the delay been prolonged. */
function settled(row: DemandRow | null, now: Date): readonly RowChange[] {
  const notice = row?.content.notice;
  if (row === null || notice == null || !isOver(row, now)) throw new DemandError("wrong-state");
  return [putRow(DEMAND, { ...row, content: { ...row.content, notice: { ...notice, shownAt: now.toISOString() } } })];
}

function putTold(
  demandId: Uuid,
  ids: readonly Uuid[],
  standing: readonly Pick<Row<ToldLater>, "content">[],
): readonly RowChange[] {
  const known = new Set(standing.flatMap(({ content }) => content.entryIds));
  const fresh = ids.filter((id) => !known.has(id));
  const changes: RowChange[] = [];
  for (let from = 0; from < fresh.length; from += IDS_A_ROW) {
    const entryIds = fresh.slice(from, from + IDS_A_ROW);
    changes.push(putRow(TOLD_LATER, { rowId: newId(), content: { demandId, entryIds } }));
  }
  return changes;
}

/** INVARIANT: what is withheld for another reason as well, an investigation or another demand that is still kept back, stays so. */
async function shownOf(context: Context, demandId: Uuid, customerId: Uuid): Promise<readonly Uuid[]> {
  const shown: Uuid[] = [];
  for (const entry of await entriesOn(context, demandId, customerId)) {
    if (!entry.withheld || isOfInvestigation(entry)) continue;
    const others = processesUnder(entry).filter((id) => id !== demandId);
    const kept = await Promise.all(others.map((id) => isKeptBack(context, asId(id))));
    if (!kept.includes(true)) shown.push(entry.entryId);
  }
  return shown;
}

async function isKeptBack(context: Context, demandId: Uuid): Promise<boolean> {
  const { authority, clock, database } = context;
  const [row] = await authority.live(database, DEMAND, demandId);
  const notice = row?.content.notice;
  return notice?.mode === "delayed" && (notice.untilAt === null || clock.now() < new Date(notice.untilAt));
}

const inputs = z.array(z.object({ dataClass: z.string() }));

/** Whoever asked for a field of an investigation, shown or not (src/disclosure/entry.ts). */
function isOfInvestigation({ purpose, classes, detail }: OpenedEntry): boolean {
  const asked = inputs.safeParse(detail["inputs"]);
  if (purpose === "fraud-investigation" || classes.includes("investigation") || !asked.success) return true;
  return asked.data.some(({ dataClass }) => dataClass === "investigation");
}
