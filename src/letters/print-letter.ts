// A letter as PDF, laid out for a window envelope.
import type PdfKit from "pdfkit";
import { LettersError } from "./errors.ts";
import { type Box, LAYOUTS, type Layout, type LayoutName } from "./layouts.ts";

export interface PaperLetter {
  readonly layout: LayoutName;
  /** One line above the addressee, small. */
  readonly sender: string;
  /** Name, street, place, country: one to five lines. */
  readonly addressee: readonly string[];
  readonly placeAndDate: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

const FONT = "Helvetica";
const TEXT = 11;
const ADDRESS = 10;
const SMALL = 7;
const LEADING = 12.5;
/** pdfkit's own fonts know Latin-1. INVARIANT: a name is not printed as something it is not. */
const BEYOND_LATIN = /[^\u0020-\u007e\u00a0-\u00ff]/u;
const LINES_MAX = 5;

type Paper = InstanceType<typeof PdfKit>;

/** Throws LettersError `does-not-fit`, `cannot-be-written`. */
export async function printLetter(letter: PaperLetter, { compress = true } = {}): Promise<Buffer> {
  const { sender, addressee, placeAndDate, subject, paragraphs } = letter;
  const all = [sender, ...addressee, placeAndDate, subject, ...paragraphs];
  if (all.some((text) => BEYOND_LATIN.test(text))) throw new LettersError("cannot-be-written");
  // Thirty megabytes with its fonts: loaded when something is printed.
  const { default: Kit } = await import("pdfkit");
  const layout: Layout = LAYOUTS[letter.layout];
  // No title: it would show in lists of files.
  const paper = new Kit({ size: layout.size, margin: 0, compress, info: { Producer: "Uberrima" } });
  const finished = bytesOf(paper);
  writeAddress(paper, layout.address, letter);
  const { left, top, width, height } = layout.body;
  paper.font(FONT).fontSize(TEXT).text(placeAndDate, left, top, { width, align: "right" });
  paper.font(`${FONT}-Bold`).text(subject, left, paper.y + LEADING, { width });
  paper.font(FONT);
  for (const paragraph of paragraphs) {
    const needed = paper.heightOfString(paragraph, { width });
    if (paper.y + LEADING + needed > top + height) {
      // The next pages are not behind the window: they are folded behind the first.
      paper.addPage({ size: layout.size, margin: 0 });
      paper.y = layout.body.left;
    }
    paper.text(paragraph, left, paper.y + LEADING, { width });
  }
  paper.end();
  return finished;
}

/** The sender's line, and the addressee below it. */
function writeAddress(paper: Paper, { left, top, width, height }: Box, { sender, addressee }: PaperLetter): void {
  const fits = (text: string, size: number): boolean => paper.font(FONT).fontSize(size).widthOfString(text) <= width;
  const linesHeight = SMALL + 3 + addressee.length * LEADING;
  const isWhole = addressee.length > 0 && addressee.length <= LINES_MAX && linesHeight <= height;
  if (!isWhole || !fits(sender, SMALL) || !addressee.every((line) => fits(line, ADDRESS)))
    throw new LettersError("does-not-fit");
  paper.fontSize(SMALL).text(sender, left, top, { lineBreak: false });
  paper.fontSize(ADDRESS);
  for (const [at, line] of addressee.entries())
    paper.text(line, left, top + SMALL + 3 + at * LEADING, { lineBreak: false });
}

function bytesOf(paper: Paper): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
  });
}
