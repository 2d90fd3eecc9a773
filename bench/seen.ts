// Which customers a principal saw, asked over HTTP as an auditor asks it: worst cases and the usual one, over a log of any size.
import type { Client } from "../sdk/client.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { newId } from "../src/kernel/ids.ts";
import type { Beside } from "./beside.ts";
import { disclosureDraft, fillLog, type WalkingClock } from "./fill-log.ts";
import { median, millisecondsOf } from "./measure.ts";
import type { Product } from "./product.ts";
import { step } from "./progress.ts";
import type { Figure } from "./report.ts";

/** As many as a page holds at most, so that one page answers for all that the principal ever did. */
export const CUSTOMERS_WATCHED = 200;
const PAGE = 200;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const SPAN_MS = 365 * DAY_MS;
const ASKED_TIMES = 5;
/** A usual principal: some twenty disclosures a working day, the same customers again and again. */
const USUAL = { disclosures: 5000, customers: 1000, windowDays: 30 };

export async function hireAuditor(product: Product): Promise<Client> {
  const hired = await product.hire({
    name: "bench auditor",
    role: "internal-auditor",
    purposes: ["audit"],
    rowScope: "assignments",
    groups: [],
    entities: ["bench-life"],
    lines: ["life"],
  });
  return hired.api;
}

/** One who made all its disclosures of few customers, answered in one page: the page that has most to read. */
export function seenByWatcherMs(auditor: Client, watcher: Uuid): Promise<number[]> {
  return firstPageMs(auditor, watcher, SPAN_MS);
}

export function accountingMs(auditor: Client, customerId: Uuid): Promise<number[]> {
  return millisecondsOf(ASKED_TIMES, () => auditor.ledger.accounting(customerId, {}));
}

export interface Asked {
  readonly figures: readonly Figure[];
  readonly slowestMs: number;
}

/** Adds a principal who saw everybody once, `entries` in all, and a usual one; asks for both. */
export async function askOfOthers(
  auditor: Client,
  beside: Pick<Beside, "database" | "ledger">,
  clock: WalkingClock,
  entries: number,
): Promise<Asked> {
  const [sweeper, usual] = [newId(), newId()];
  const of = `${entries.toLocaleString("en")} disclosures of as many customers`;
  step(`writing ${of} by a second principal, and a usual year by a third`);
  await fillLog(beside, { from: 0, to: entries }, (at) => {
    clock.at(at / entries);
    return disclosureDraft(sweeper, newId());
  });
  const customers = Array.from({ length: USUAL.customers }, newId);
  await fillLog(beside, { from: 0, to: USUAL.disclosures }, (at) => {
    clock.at(at / USUAL.disclosures);
    // A stride that shares no factor with the number of customers: each comes back again and again through the year.
    return disclosureDraft(usual, customers[(at * 7) % customers.length] ?? newId());
  });
  step("asking whom they saw");
  const asked: [string, number[]][] = [
    [`${of}: a first page of the year`, await firstPageMs(auditor, sweeper, SPAN_MS)],
    [`${of}: a first page of the last day`, await firstPageMs(auditor, sweeper, DAY_MS)],
    [`usual principal, ${USUAL.windowDays} days: the whole answer`, await wholeAnswerMs(auditor, usual)],
  ];
  return {
    figures: asked.map(([name, taken]) => ({ name, value: median(taken), unit: "ms" })),
    slowestMs: Math.max(...asked.flatMap(([, taken]) => taken)),
  };
}

function firstPageMs(auditor: Client, actor: Uuid, windowMs: number): Promise<number[]> {
  return millisecondsOf(ASKED_TIMES, async () => {
    const page = await auditor.ledger.seenBy(actor, { ...windowOf(windowMs), limit: PAGE });
    if (page.items.length === 0) throw new Error("nobody was seen: the question missed what was written");
  });
}

function wholeAnswerMs({ ledger }: Client, actor: Uuid): Promise<number[]> {
  return millisecondsOf(ASKED_TIMES, async () => {
    const window = windowOf(USUAL.windowDays * DAY_MS);
    let cursor: string | null = null;
    do {
      const from: { readonly cursor?: string } = cursor === null ? {} : { cursor };
      const page: Awaited<ReturnType<typeof ledger.seenBy>> = await ledger.seenBy(actor, {
        ...window,
        ...from,
        limit: PAGE,
      });
      cursor = page.next;
    } while (cursor !== null);
  });
}

/** What was written ends about now. */
function windowOf(windowMs: number): { readonly from: string; readonly to: string } {
  const now = Date.now();
  return { from: new Date(now - windowMs - HOUR_MS).toISOString(), to: new Date(now + HOUR_MS).toISOString() };
}
