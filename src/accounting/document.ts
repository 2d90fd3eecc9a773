// A list as a document to keep (45 CFR 164.528(b), (c)(2); GDPR Art. 12(1); NAIC Model 670 § 8(B)(2)): the same lines as the list, read page by page while it is sent.
import { Readable } from "node:stream";
import type { Authenticated } from "../access/access.ts";
import { onTheBeat } from "../kernel/beat.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type ChosenList, chosenList, collect, fromOf, type ListQuestion } from "./collect.ts";
import type { AccountingContext } from "./context.ts";
import { printCsv } from "./document-csv.ts";
import { printHtml } from "./document-html.ts";
import { printJson } from "./document-json.ts";
import { headOf, lineOf, type PrintedLine, type Printing } from "./document-line.ts";
import { printPdf } from "./document-pdf.ts";
import { AccountingError } from "./errors.ts";
import { recordedReading } from "./whose.ts";
import type { Language } from "./words.ts";

export type DocumentForm = "html" | "pdf" | "csv" | "json";

export interface DocumentQuestion extends ListQuestion {
  readonly form: DocumentForm;
  readonly language: Language;
  /** Asked for by whose office it is, to send it on paper. */
  readonly byStaff?: true;
}

export interface Printed {
  readonly stream: Readable;
  readonly fileName: string;
}

const PAGE = 200;

/** An entry before anything is read. Throws AccountingError `unknown-list`, `unknown-law`, `busy`. */
export async function printedList(
  context: AccountingContext,
  asker: Authenticated,
  { form, language, byStaff, ...question }: DocumentQuestion,
): Promise<Printed> {
  const { customerId, law } = question;
  if (law === "timeline" && !context.rules.timeline.shown) throw new AccountingError("unknown-law");
  const detail = { list: law ?? "fitting", document: form, asked: customerId };
  const reading = {
    kind: "accounting-read",
    customerId,
    detail,
    ...(byStaff === undefined ? {} : { byStaff }),
  } as const;
  await recordedReading(context, asker, reading);
  const list = await chosenList(context, question);
  const head = headOf(context, { customerId, language, chosen: list.chosen, from: fromOf(context, list.chosen) });
  const printing = { head, lines: linesOf(context, customerId, { list, language }) };
  const fileName = `accounting-${head.law}-${head.madeAt.slice(0, "2026-01-01".length)}.${form}`;
  return { stream: Readable.from(print(printing, form)), fileName };
}

function print(printing: Printing, form: DocumentForm): AsyncIterable<string | Uint8Array> {
  switch (form) {
    case "html":
      return printHtml(printing);
    case "pdf":
      return printPdf(printing);
    case "csv":
      return printCsv(printing);
    case "json":
      return printJson(printing);
  }
}

/** INVARIANT: as the list itself: what is read, and so when a page is there, depends on entries that are not withheld alone. */
async function* linesOf(
  context: AccountingContext,
  customerId: Uuid,
  { list, language }: { readonly list: ChosenList; readonly language: Language },
): AsyncGenerator<PrintedLine, void, undefined> {
  const wanted = { customerId, law: list.chosen?.rules ?? null };
  for (let cursor: string | null = null; ;) {
    const place = { cursor, limit: PAGE };
    const page: Awaited<ReturnType<typeof collect>> = await onTheBeat(context.beatMs, () =>
      collect(context, wanted, place),
    );
    for (const told of page.items) yield lineOf(context, told, { customerId, language });
    cursor = page.next;
    if (cursor === null) return;
  }
}
