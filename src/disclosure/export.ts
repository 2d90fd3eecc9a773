// A table of entries on its way out of the platform: read as an ordinary reading, and written down as an export before it is handed over.
import type { Authenticated } from "../access/access.ts";
import { type Cell, csvText } from "../kernel/csv.ts";
import type { EntryFilter, EntryView } from "../ledger/ledger.ts";
import type { GateContext } from "./context.ts";
import { describeFilter, readerOf, recordReading } from "./read-back.ts";

const COLUMNS = {
  index: ({ index }) => index,
  entry: ({ entryId }) => entryId,
  at: ({ at }) => new Date(at * 1000).toISOString(),
  kind: ({ kind }) => kind,
  outcome: ({ outcome }) => outcome,
  actor: ({ actorId }) => actorId,
  customer: ({ customerId }) => customerId,
  recipient: ({ recipientId }) => recipientId,
  purpose: ({ purpose }) => purpose,
  basis: ({ basis }) => basis,
  classes: ({ classes }) => classes.join(" "),
} as const satisfies Record<string, (entry: EntryView) => Cell>;
export type EntryColumn = keyof typeof COLUMNS;

export interface EntryExport {
  readonly filter: EntryFilter;
  readonly columns: readonly EntryColumn[];
  /** The newest so many. */
  readonly rowsMax: number;
}

const PAGE = 500;

/** The newest first. Throws GateError "not-permitted" (recorded). INVARIANT: nothing is handed over whose entry does not stand. */
export async function exportEntries(
  context: GateContext,
  asker: Authenticated,
  { filter, columns, rowsMax }: EntryExport,
): Promise<string> {
  const permitted = context.access.may(asker, "ledger.read");
  const entries = permitted ? await readUpTo(context, asker, filter, rowsMax) : [];
  const named = new Set(entries.flatMap(({ customerId }) => customerId ?? []));
  await recordReading(context, asker, "ledger.read", {
    kind: "export",
    customerId: filter.customerId ?? null,
    detail: {
      what: "entries",
      columns: [...columns],
      rows: entries.length,
      customers: named.size,
      ...describeFilter(filter),
    },
  });
  return csvText([columns, ...entries.map((entry) => columns.map((column) => COLUMNS[column](entry)))]);
}

async function readUpTo(
  { ledger }: GateContext,
  asker: Authenticated,
  filter: EntryFilter,
  rowsMax: number,
): Promise<EntryView[]> {
  const found: EntryView[] = [];
  let cursor: string | null = null;
  do {
    const limit = Math.min(PAGE, rowsMax - found.length);
    const page: Awaited<ReturnType<typeof ledger.list>> = await ledger.list(filter, { cursor, limit }, readerOf(asker));
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && found.length < rowsMax);
  return found;
}
