// Plain language on paper: the same words as the HTML form, page by page while they are sent.
import { Readable } from "node:stream";
import type PdfKit from "pdfkit";
import type { FulfilmentContext } from "./context.ts";
import type { Fetched } from "./packages.ts";
import { keptLines, notesOn, originWords, statementLine, titleOf, topicOf, WORDS } from "./plain-words.ts";

const MARGIN = 48;
const TEXT = 10;
const HEADING = 18;
const SUBHEADING = 13;
/** pdfkit's own fonts know Latin-1: anything else is shown as a question mark rather than as something it is not. */
const BEYOND_LATIN = /[^\n\u0020-\u007e\u00a0-\u00ff]/gu;

type Paper = InstanceType<typeof PdfKit>;
type Parts = Pick<FulfilmentContext, "topics" | "recordWords" | "vault">;

export function printPdf(parts: Parts, fetched: Fetched): Readable {
  return Readable.from(pages(parts, fetched));
}

/** What pdfkit has finished is handed on after every record, so that no more than a page waits. */
async function* pages(parts: Parts, fetched: Fetched): AsyncGenerator<Buffer, void, undefined> {
  const { face, records } = fetched;
  const { language } = face;
  const words = WORDS[language];
  const { default: Kit } = await import("pdfkit");
  const paper = new Kit({
    size: "A4",
    margin: MARGIN,
    lang: language,
    info: { Title: words.title, Producer: "Uberrima" },
  });
  const done: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    paper.on("data", (part: Buffer) => done.push(part));
    paper.on("end", () => resolve());
    paper.on("error", reject);
  });
  heading(paper, words.title, HEADING);
  body(paper, `${words.made} ${face.madeAt.slice(0, 10)}`);
  body(paper, words.about);
  let current: string | null = null;
  for await (const record of records()) {
    const topic = topicOf(parts.topics, record);
    if (record.topic !== current) {
      heading(paper, topic?.title[language] ?? record.topic, SUBHEADING);
      if (topic !== null) body(paper, topic.text[language]);
    }
    current = record.topic;
    paper
      .moveDown(0.4)
      .font("Helvetica-Bold")
      .fontSize(TEXT)
      .text(latin(titleOf(parts, record, language)));
    const from = { label: words.origin, value: originWords(parts, record, language) };
    for (const field of record.fields) {
      const notes = notesOn(field, language).map((note) => ` (${note})`);
      line(paper, field.label, `${field.value}${notes.join("")}`);
    }
    line(paper, from.label, from.value);
    for (const one of record.statements ?? []) {
      const { label, value, on } = statementLine(one, language);
      line(paper, `${label} (${on})`, value);
    }
    yield* done.splice(0);
  }
  if (current === null) body(paper, words.nothing);
  const kept = keptLines(parts, fetched, language);
  if (kept.length > 0) {
    heading(paper, words.withheld, SUBHEADING);
    body(paper, words.withheldText);
    for (const told of kept) body(paper, `- ${told}`);
  }
  body(paper, words.rights);
  paper.end();
  await ended;
  yield* done.splice(0);
}

function line(paper: Paper, label: string, value: string): void {
  paper
    .font("Helvetica")
    .fontSize(TEXT)
    .fillColor("#555555")
    .text(`${latin(label)}: `, { continued: true });
  paper.fillColor("#000000").text(latin(value));
}

function heading(paper: Paper, text: string, size: number): void {
  paper.moveDown(0.8).font("Helvetica-Bold").fontSize(size).fillColor("#000000").text(latin(text)).moveDown(0.2);
}

function body(paper: Paper, text: string): void {
  paper.font("Helvetica").fontSize(TEXT).fillColor("#000000").text(latin(text)).moveDown(0.3);
}

function latin(text: string): string {
  return text.replaceAll("\u2022", "\u00b7").replaceAll("\u2014", "-").replaceAll(BEYOND_LATIN, "?");
}
