// A review as a PDF for the file: what was reviewed, who decided what and why, and where it stands in the ledger.
import type PdfKit from "pdfkit";
import type { Printing } from "./print-csv.ts";
import type { HeldLine } from "./write.ts";

const MARGIN = 42;
const SMALL = 8;
const TEXT = 9;
const HEADING = 16;
const SUBHEADING = 11;
const GREY = "#555555";
const BLACK = "#000000";

/** pdfkit's own fonts know Latin-1: anything else is shown as a question mark rather than as something it is not. */
const BEYOND_LATIN = /[^\u0020-\u007e\u00a0-\u00ff]/gu;

export async function printPdf(printing: Printing): Promise<Buffer> {
  // Thirty megabytes with its fonts, for something that is asked for a few times a year.
  const { default: Kit } = await import("pdfkit");
  const document = new Kit({
    size: "A4",
    margin: MARGIN,
    info: { Title: `Access review ${printing.reviewId}`, Producer: "Uberrima", CreationDate: printing.now },
  });
  const parts: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (part: Buffer) => parts.push(part));
    document.on("end", () => resolve(Buffer.concat(parts)));
    document.on("error", reject);
  });
  head(document, printing);
  document.addPage();
  for (const line of printing.lines) lineOf(document, line);
  document.end();
  return finished;
}

type Paper = InstanceType<typeof PdfKit>;

function head(paper: Paper, { reviewId, review, lines, totals, checkpoint, now }: Printing): void {
  paper.font("Helvetica-Bold").fontSize(HEADING).text(shown(review.name)).moveDown(0.5);
  pairs(paper, [
    ["Review", reviewId],
    ["State", review.state],
    ["Scope", review.scope.subjects.join(", ")],
    ["Started", review.startedAt ?? "not yet"],
    ["Due", `${review.dueAt}; then undecided lines: ${review.overdue}`],
    ["Closed", review.closedAt ?? "not yet"],
    ["Complete", review.completedAt ?? "not yet"],
    [
      "Lines",
      `${lines.length}: ${totals.approve} approved, ${totals.narrow} narrowed, ${totals.revoke} revoked, ${totals.undecided} undecided`,
    ],
    ["To be done", String(totals.toDo)],
    ["Printed", now.toISOString()],
  ]);
  paper.moveDown().font("Helvetica-Bold").fontSize(SUBHEADING).text("Entries of the ledger").moveDown(0.3);
  paper.font("Courier").fontSize(SMALL).text(review.acts.join("\n"));
  paper
    .moveDown()
    .font("Helvetica-Bold")
    .fontSize(SUBHEADING)
    .text("Checkpoint of the ledger at that time")
    .moveDown(0.3);
  paper.font("Courier").fontSize(SMALL).text(shown(checkpoint));
}

function lineOf(paper: Paper, { rowId, act, content }: HeldLine): void {
  const { subject, used, peers, flags, suggestion, decision, assignment, applied } = content;
  // A line stays together.
  if (paper.y > paper.page.height - MARGIN - 130) paper.addPage();
  paper
    .fillColor(BLACK)
    .font("Helvetica-Bold")
    .fontSize(TEXT)
    .text(shown(`${subject.name} (${subject.kind}, ${subject.role})`));
  paper
    .font("Courier")
    .fontSize(SMALL)
    .fillColor(GREY)
    .text(`${subject.id}  line ${rowId}  entry ${act}`)
    .fillColor(BLACK);
  pairs(paper, [
    ...(assignment === null ? [] : [["Assigned", `${assignment.kind} of customer ${assignment.customerId}`] as const]),
    [
      "Has",
      `${subject.status}; ${subject.purposes.join(", ")}; classes ${subject.classes?.join(", ") ?? "of the role"}; ${subject.grants} grants in force`,
    ],
    [
      "Used",
      used.lastAt === null
        ? `never since ${used.since}`
        : `last ${used.lastAt}; ${used.acts} acts on ${used.customers} customers; ${used.purposes.join(", ")}; ${used.classes.join(", ")}`,
    ],
    ["Others", `${peers.count} of the role; median ${peers.actsMedian} acts, ${peers.customersMedian} customers`],
    ["Flags", flags.length === 0 ? "none" : flags.join(", ")],
    ["Suggested", [suggestion.decision, ...suggestion.because].join("; ")],
    [
      "Decided",
      decision === null
        ? `undecided, with ${content.reviewer}`
        : `${decision.decision} by ${decision.by ?? "the review's default"} at ${decision.at}: ${decision.reason}`,
    ],
    ["Done", applied === null ? "-" : `${applied.outcome} at ${applied.at}`],
  ]);
  paper.moveDown(0.6);
}

function pairs(paper: Paper, rows: readonly (readonly [name: string, value: string])[]): void {
  for (const [name, value] of rows) {
    paper.font("Helvetica-Bold").fontSize(SMALL).text(`${name}: `, { continued: true });
    paper.font("Helvetica").text(shown(value));
  }
}

function shown(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replaceAll("\u2014", "-").replaceAll(BEYOND_LATIN, "?"))
    .join("\n");
}
