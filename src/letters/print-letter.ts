// A letter as PDF, laid out for a window envelope.
import type PdfKit from "pdfkit";
import { LettersError } from "./errors.ts";
import { type Box, LAYOUTS, type Layout, type LayoutName } from "./layouts.ts";
import { typefaceFor } from "./typefaces.ts";

export interface PaperLetter {
  readonly layout: LayoutName;
  /** One line above the addressee, small. */
  readonly sender: string;
  /** Name, street, place, country: one to five lines. */
  readonly addressee: readonly string[];
  readonly placeAndDate: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Small, at the foot of the first page: by which it is found when it comes back. */
  readonly reference?: string;
}

export interface PrintOptions {
  readonly compress?: boolean;
  /** The same letters at the same moment make the same file, byte by byte. */
  readonly at?: Date;
  /** Two: every letter takes whole sheets, so that none begins on the back of another's. */
  readonly sides?: "one" | "two";
}

export interface PrintedLetters {
  readonly pdf: Buffer;
  readonly pages: number;
}

const TEXT = 11;
const ADDRESS = 10;
const SMALL = 7;
const LEADING = 12.5;
const LINES_MAX = 5;

type Paper = InstanceType<typeof PdfKit>;

/** Throws LettersError `does-not-fit`, `cannot-be-written`. */
export async function printLetter(letter: PaperLetter, { compress = true } = {}): Promise<Buffer> {
  return (await printLetters([letter], { compress })).pdf;
}

/** Throws LettersError `does-not-fit`, `cannot-be-written`, as `checkLetter` does for each. */
export async function printLetters(
  letters: readonly PaperLetter[],
  { compress = true, at, sides = "one" }: PrintOptions = {},
): Promise<PrintedLetters> {
  // Thirty megabytes with its fonts: loaded when something is printed.
  const { default: Kit } = await import("pdfkit");
  // No title: it would show in lists of files.
  const info = { Producer: "Uberrima", ...(at === undefined ? {} : { CreationDate: at }) };
  const paper = new Kit({ margin: 0, compress, autoFirstPage: false, info });
  const finished = bytesOf(paper);
  let pages = 0;
  paper.on("pageAdded", () => (pages += 1));
  for (const letter of letters) {
    writeLetter(paper, composed(letter));
    if (sides === "two" && pages % 2 === 1) paper.addPage({ size: LAYOUTS[letter.layout].size, margin: 0 });
  }
  paper.end();
  return { pdf: await finished, pages };
}

/** A letter and its accent as one character, which is how typefaces have them. */
function composed(letter: PaperLetter): PaperLetter {
  const whole = (text: string): string => text.normalize("NFC");
  return {
    ...letter,
    sender: whole(letter.sender),
    addressee: letter.addressee.map(whole),
    placeAndDate: whole(letter.placeAndDate),
    subject: whole(letter.subject),
    paragraphs: letter.paragraphs.map(whole),
  };
}

function writeLetter(paper: Paper, letter: PaperLetter): void {
  const { sender, addressee, placeAndDate, subject, paragraphs, reference = "" } = letter;
  const all = [sender, ...addressee, placeAndDate, subject, ...paragraphs, reference];
  const face = typefaceFor(all);
  if (face === null) throw new LettersError("cannot-be-written");
  const layout: Layout = LAYOUTS[letter.layout];
  paper.addPage({ size: layout.size, margin: 0 });
  writeAddress(paper, layout.address, { ...letter, font: face.plain });
  const { left, top, width, height } = layout.body;
  paper
    .font(face.plain)
    .fontSize(SMALL)
    .text(reference, left, top + height + LEADING, { lineBreak: false });
  paper.font(face.plain).fontSize(TEXT).text(placeAndDate, left, top, { width, align: "right" });
  paper.font(face.bold).text(subject, left, paper.y + LEADING, { width });
  paper.font(face.plain);
  for (const paragraph of paragraphs) {
    const needed = paper.heightOfString(paragraph, { width });
    if (paper.y + LEADING + needed > top + height) {
      // The next pages are not behind the window: they are folded behind the first.
      paper.addPage({ size: layout.size, margin: 0 });
      paper.y = layout.body.left;
    }
    paper.text(paragraph, left, paper.y + LEADING, { width });
  }
}

/** The sender's line, and the addressee below it. */
function writeAddress(
  paper: Paper,
  { left, top, width, height }: Box,
  { sender, addressee, font }: PaperLetter & { readonly font: string },
): void {
  const fits = (text: string, size: number): boolean => paper.font(font).fontSize(size).widthOfString(text) <= width;
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
