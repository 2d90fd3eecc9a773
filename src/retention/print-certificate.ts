// An erasure's certificate as a PDF: what was erased, from when on nothing brings it back, what remains, and how to check it.
import type PdfKit from "pdfkit";

export interface PrintedCertificate {
  readonly certificate: Readonly<Record<string, unknown>>;
  readonly entryId: string;
  readonly receipt: string;
  readonly r: string;
  readonly detail: string;
}

const MARGIN = 48;
const SMALL = 8;
const TEXT = 10;
const HEADING = 18;
const SUBHEADING = 12;
const LINES_SHOWN_MAX = 60;

type Paper = InstanceType<typeof PdfKit>;

/** Ids, codes and times only, so that one paper serves whoever must be shown it. */
export async function printCertificate(printed: PrintedCertificate, now: Date): Promise<Buffer> {
  const { default: Kit } = await import("pdfkit");
  const paper = new Kit({
    size: "A4",
    margin: MARGIN,
    info: { Title: "Certificate of erasure", Producer: "Uberrima", CreationDate: now },
  });
  const parts: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
  });
  const { certificate } = printed;
  paper.font("Helvetica-Bold").fontSize(HEADING).text("Certificate of erasure").moveDown(0.5);
  facts(paper, certificate);
  remains(paper, memberOf(certificate, "remains"));
  proof(paper, printed);
  paper.end();
  return finished;
}

function facts(paper: Paper, certificate: Readonly<Record<string, unknown>>): void {
  const keys = memberOf(certificate, "keys");
  pairs(paper, [
    ["Erasure", certificate["erasure"]],
    ["Customer", certificate["customer"]],
    [
      "What",
      certificate["unit"] === null
        ? "everything held about the customer"
        : `retention unit ${text(certificate["unit"])}`,
    ],
    ["Asked for", `${text(certificate["requestedAt"])} (entry ${text(certificate["requestedBy"])})`],
    ["Final since", certificate["finalAt"]],
    ["Keys", `every key of bucket ${text(keys["bucket"])} before number ${text(keys["oldestKeyLeft"])} is destroyed`],
  ]);
  section(paper, "What was destroyed");
  for (const line of listOf(certificate["erased"])) paper.text(`- ${text(line)}`);
  paper.moveDown(0.3).text("From then on no backup, copy or log of the database can be opened for what was erased.");
}

function remains(paper: Paper, remaining: Readonly<Record<string, unknown>>): void {
  section(paper, "What remains, and why");
  paper.text(`- In the ledger: ${text(remaining["ledgerLeaves"])}; ${text(remaining["ledgerDetails"])}.`);
  const mentions = listOf(remaining["mentions"]).map(recordOf);
  paper.text(`- In files of other people, which are theirs: ${mentions.length} places in which the name may stand.`);
  for (const one of mentions.slice(0, LINES_SHOWN_MAX))
    small(
      paper,
      `customer ${text(one["customer"])}, ${one["unit"] === null ? "any unit" : `unit ${text(one["unit"])}`} (${text(one["link"])})`,
    );
  const handed = listOf(remaining["handedOut"]).map(recordOf);
  const besides = Number(remaining["handedOutBesides"] ?? 0) + Math.max(0, handed.length - LINES_SHOWN_MAX);
  paper.text(`- With those who were given something before: ${handed.length} recipients and days.`);
  for (const one of handed.slice(0, LINES_SHOWN_MAX))
    small(paper, `${text(one["day"])}  ${text(one["role"])}  ${text(one["recipient"])}  ${text(one["times"])} times`);
  if (besides > 0) small(paper, `and ${besides} further lines, in the certificate as JSON or in the ledger`);
  paper.text(`- Openings of ledger entries handed out: ${text(remaining["openingsHandedOut"])}.`);
}

function proof(paper: Paper, { entryId, receipt, r, detail }: PrintedCertificate): void {
  section(paper, "Proof");
  paper.text(
    `Entry ${entryId} of the log commits to this certificate. Check the JSON form offline: uberrima verify certificate`,
  );
  paper
    .moveDown(0.4)
    .font("Courier")
    .fontSize(SMALL)
    .text(detail)
    .moveDown(0.4)
    .text(`r ${r}`)
    .moveDown(0.4)
    .text(latin(receipt));
}

function section(paper: Paper, title: string): void {
  paper.moveDown().font("Helvetica-Bold").fontSize(SUBHEADING).text(title).moveDown(0.2);
  paper.font("Helvetica").fontSize(TEXT);
}

function small(paper: Paper, line: string): void {
  paper.font("Courier").fontSize(SMALL).text(`  ${line}`).font("Helvetica").fontSize(TEXT);
}

function pairs(paper: Paper, rows: readonly (readonly [name: string, value: unknown])[]): void {
  for (const [name, value] of rows) {
    paper.font("Helvetica-Bold").fontSize(TEXT).text(`${name}: `, { continued: true });
    paper.font("Helvetica").text(text(value));
  }
}

/** pdfkit's own fonts know Latin-1. */
function latin(value: string): string {
  return value.replaceAll("\u2014", "-");
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "-";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function memberOf(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return recordOf(value[name]);
}
