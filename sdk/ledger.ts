// Reading the ledger back: entries, receipts, openings, accountings.
import type { Asking } from "../contract/route.ts";
import { ledgerRoutes } from "../contract/routes/ledger.ts";
import { type Call, type Connection, send } from "./call.ts";
import { SdkError } from "./sdk-error.ts";

type EntryQuery = Asking<typeof ledgerRoutes.entries>["query"];
type ExportRequest = Asking<typeof ledgerRoutes.export>["body"];
type PageQuery = Asking<typeof ledgerRoutes.accounting>["query"];
type DocumentForm = Asking<typeof ledgerRoutes.accountingDocument>["params"]["form"];
type DocumentQuery = Asking<typeof ledgerRoutes.accountingDocument>["query"];
type SeenQuery = Asking<typeof ledgerRoutes.seenBy>["query"];
type OpeningPurpose = Asking<typeof ledgerRoutes.opening>["body"]["purpose"];

const RETRY_MS = 250;
const LONG_MS = 10 * 60 * 1000;

export function ledgerOf(connection: Connection, call: Call) {
  const { log, entries, entry, receipt, opening, accounting, seenBy } = ledgerRoutes;
  return {
    log: () => call(log, {}),
    entries: (query: EntryQuery = {}) => call(entries, { query }),
    /** Entries as the text of a CSV file. */
    export: (body: ExportRequest) => call(ledgerRoutes.export, { body }),
    entry: (entryId: string) => call(entry, { params: { entryId } }),
    /** The receipt's text. Waits for the checkpoint that covers the entry, which follows within seconds. */
    receipt: (entryId: string, waitMs = 10_000) =>
      untilPublished(() => call(receipt, { params: { entryId } }), Date.now() + waitMs),
    opening: (entryId: string, purpose: OpeningPurpose) => call(opening, { params: { entryId }, body: { purpose } }),
    accounting: (customerId: string, query: PageQuery = {}) => call(accounting, { params: { customerId }, query }),
    /** As it arrives: the whole list is gone through. */
    accountingDocument: (
      customerId: string,
      form: DocumentForm,
      query: Partial<DocumentQuery> = {},
    ): Promise<Response> =>
      send(
        connection,
        ledgerRoutes.accountingDocument,
        { params: { customerId, form }, query },
        { timeoutMs: LONG_MS },
      ),
    seenBy: (principalId: string, query: SeenQuery) => call(seenBy, { params: { principalId }, query }),
  };
}

export async function untilPublished<Result>(ask: () => Promise<Result>, untilMs: number): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isEarly = error instanceof SdkError && error.code === "not-yet-published";
      if (!isEarly || Date.now() + RETRY_MS > untilMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
