// A preview for whoever approves it away from the screen: every line, on paper or as a table, with the digest that is approved.
import type PdfKit from "pdfkit";
import type { RetentionContext } from "./context.ts";
import { digestOf } from "./disposal-lines.ts";
import type { DisposalRow, Found } from "./disposal-row.ts";
import { type Line, selectLines } from "./disposal-store.ts";
import { RetentionError } from "./errors.ts";

const COLUMNS = [
  { name: "line", of: (line: Line) => String(line.line), width: 32 },
  { name: "verdict", of: (line: Line) => line.verdict, width: 48 },
  { name: "customer", of: (line: Line) => line.customerId, width: 178 },
  { name: "unit", of: (line: Line) => line.unitId, width: 178 },
  { name: "kind", of: (line: Line) => line.kind, width: 62 },
  { name: "business", of: (line: Line) => line.business, width: 54 },
  { name: "entity", of: (line: Line) => line.entity, width: 70 },
  { name: "kept until", of: (line: Line) => line.dueOn ?? "", width: 56 },
  { name: "rule", of: (line: Line) => line.rule ?? "", width: 92 },
  { name: "reason", of: (line: Line) => line.reason ?? "", width: 78 },
] as const;

/** Throws RetentionError `wrong-state` before there is a preview, `not-believed` where its lines are not those of its digest. */
async function linesOf(
  { database }: RetentionContext,
  { rowId, content: { found } }: DisposalRow,
): Promise<{ readonly found: Found; readonly lines: readonly Line[] }> {
  if (found === null) throw new RetentionError("wrong-state");
  const lines = await selectLines(database, rowId);
  if (digestOf(rowId, lines) !== found.digest) throw new RetentionError("not-believed");
  return { found, lines };
}

/** RFC 4180, with a line of headings. Ids, codes and days: nothing of it needs quotes. */
export async function previewAsCsv(context: RetentionContext, disposal: DisposalRow): Promise<string> {
  const { lines } = await linesOf(context, disposal);
  const heads = COLUMNS.map(({ name }) => name).join(",");
  return [heads, ...lines.map((line) => COLUMNS.map(({ of }) => of(line)).join(",")), ""].join("\r\n");
}

const MARGIN = 24;
const SMALL = 6.5;
const TEXT = 9;
const HEADING = 16;
const LEADING = 9.5;

/** A landscape page holds some fifty lines. */
export async function previewAsPdf(context: RetentionContext, disposal: DisposalRow): Promise<Buffer> {
  const { found, lines } = await linesOf(context, disposal);
  const { default: Kit } = await import("pdfkit");
  const info = { Title: "Preview of a disposal", Producer: "Uberrima", CreationDate: new Date(found.asOf) };
  const paper = new Kit({ size: "A4", layout: "landscape", margin: MARGIN, info, bufferPages: true });
  const parts: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
  });
  head(paper, disposal, found);
  table(paper, lines);
  foot(paper, found);
  paper.end();
  return finished;
}

type Paper = InstanceType<typeof PdfKit>;

function head(paper: Paper, { rowId, content: { asked, reason } }: DisposalRow, found: Found): void {
  paper.font("Helvetica-Bold").fontSize(HEADING).text("Preview of a disposal").moveDown(0.3);
  paper.font("Helvetica").fontSize(TEXT);
  const counts = (of: Found["dueBy"]): string => of.map(({ name, count }) => `${name} ${count}`).join(", ") || "none";
  for (const line of [
    `Disposal ${rowId}, as of ${found.asOf}`,
    `Asked for by ${asked.by} at ${asked.at}: ${latin(reason)}`,
    `Due: ${found.due} (${counts(found.dueBy)}); due as well, for another run: ${found.dueBeyond}`,
    `Due and kept: ${found.blocked} (${counts(found.blockedBy)}); cannot be judged: ${found.unjudged} (${counts(found.unjudgedBy)})`,
    `Rules ${found.rules}`,
    `Approved is just what has this digest: ${found.digest}`,
  ])
    paper.text(line);
  paper.moveDown();
}

function table(paper: Paper, lines: readonly Line[]): void {
  row(
    paper,
    COLUMNS.map(({ name }) => name),
    "Helvetica-Bold",
  );
  for (const line of lines) {
    if (paper.y + 2 * LEADING > paper.page.height - MARGIN) {
      paper.addPage();
      row(
        paper,
        COLUMNS.map(({ name }) => name),
        "Helvetica-Bold",
      );
    }
    row(
      paper,
      COLUMNS.map(({ of }) => of(line)),
      "Helvetica",
    );
  }
}

function row(paper: Paper, cells: readonly string[], font: string): void {
  const top = paper.y;
  paper.font(font).fontSize(SMALL);
  let left = MARGIN;
  for (const [at, { width }] of COLUMNS.entries()) {
    paper.text(latin(cells[at] ?? ""), left, top, { lineBreak: false, width: width - 4, ellipsis: true });
    left += width - (width > 100 ? 52 : 0);
  }
  paper.x = MARGIN;
  paper.y = top + LEADING;
}

/** On every page, so that none is exchanged. */
function foot(paper: Paper, { digest }: Found): void {
  const { start, count } = paper.bufferedPageRange();
  for (let at = start; at < start + count; at += 1) {
    paper.switchToPage(at);
    // Below the margin, where text would begin another page.
    paper.page.margins.bottom = 0;
    paper
      .fontSize(SMALL)
      .text(`${digest}  ${at + 1} of ${count}`, MARGIN, paper.page.height - MARGIN + 6, { lineBreak: false });
  }
}

/** pdfkit's own fonts know Latin-1. */
function latin(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/gu, "?");
}
