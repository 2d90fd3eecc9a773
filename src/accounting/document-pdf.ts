// A list in plain language on paper: the same words as the HTML form, a line a paragraph.
import type PdfKit from "pdfkit";
import type { PrintedLine, Printing } from "./document-line.ts";
import { AROUND, type Language } from "./words.ts";

const MARGIN = 48;
const TEXT = 10;
const SMALL = 8;
const HEADING = 18;
const LINE_HEIGHT = 84;
const GREY = "#555555";
const BLACK = "#000000";
/** pdfkit's own fonts know Latin-1: anything else is shown as a question mark rather than as something it is not. */
const BEYOND_LATIN = /[^\n\u0020-\u007e\u00a0-\u00ff]/gu;

type Paper = InstanceType<typeof PdfKit>;

/** What pdfkit has finished is handed on after every line, so that no more than a page waits. */
export async function* printPdf({ head, lines }: Printing): AsyncGenerator<Uint8Array, void, undefined> {
  const { language, title, text, citation, because, customerId, madeAt, from } = head;
  const words = AROUND[language];
  const { default: Kit } = await import("pdfkit");
  const paper = new Kit({ size: "A4", margin: MARGIN, lang: language, info: { Title: title, Producer: "Uberrima" } });
  const done: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    paper.on("data", (part: Uint8Array) => done.push(part));
    paper.on("end", () => resolve());
    paper.on("error", reject);
  });
  paper.font("Helvetica-Bold").fontSize(HEADING).text(latin(title)).moveDown(0.3);
  say(paper, text);
  if (because !== null) say(paper, `${words.because} ${because.entity}.`);
  if (citation !== null) say(paper, citation, SMALL);
  const since = from === null ? "" : ` ${words.since} ${dayOf(from)}, ${words.onwards}.`;
  say(paper, `${words.made} ${dayOf(madeAt)}.${since} ${words.customer}: ${customerId}`);
  let count = 0;
  for await (const line of lines) {
    count += 1;
    paragraph(paper, line, language);
    yield* done.splice(0);
  }
  paper.moveDown(0.8);
  say(paper, count === 0 ? words.nothing : `${words.count}: ${count}`);
  say(paper, words.rights);
  paper.end();
  await ended;
  yield* done.splice(0);
}

function paragraph(paper: Paper, { at, whom, by, what, why, entryId }: PrintedLine, language: Language): void {
  const words = AROUND[language];
  // A line stays together.
  if (paper.y > paper.page.height - MARGIN - LINE_HEIGHT) paper.addPage();
  const moment = `${at.slice(0, "2026-01-01T00:00".length).replace("T", " ")} UTC`;
  paper.moveDown(0.5).font("Helvetica-Bold").fontSize(TEXT).fillColor(BLACK).text(moment);
  pair(paper, words.whom, whom ?? words.nobodyElse);
  pair(paper, words.by, by);
  pair(paper, words.what, what.join(", "));
  pair(paper, words.why, why);
  paper
    .font("Helvetica")
    .fontSize(SMALL)
    .fillColor(GREY)
    .text(latin(`${words.entry} ${entryId}`))
    .fillColor(BLACK);
}

function pair(paper: Paper, name: string, value: string): void {
  paper
    .font("Helvetica")
    .fontSize(TEXT)
    .fillColor(GREY)
    .text(`${latin(name)}: `, { continued: true });
  paper.fillColor(BLACK).text(latin(value));
}

function say(paper: Paper, text: string, size = TEXT): void {
  paper.font("Helvetica").fontSize(size).fillColor(BLACK).text(latin(text)).moveDown(0.3);
}

const dayOf = (at: string): string => at.slice(0, "2026-01-01".length);

function latin(text: string): string {
  return text.replaceAll(BEYOND_LATIN, "?");
}
