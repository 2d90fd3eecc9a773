// Everything in one archive: the forms of the copy, the papers themselves, what is in it in plain words, and the digest of every file.
import { DocumentError, endingOf } from "../documents/documents.ts";
import type { FulfilmentContext } from "./context.ts";
import type { Fetched } from "./packages.ts";
import { type CopiedPaper, paperOf, roomForPapers } from "./papers.ts";
import { keptLines, WORDS } from "./plain-words.ts";
import { printFhir } from "./print-fhir.ts";
import { printHtml } from "./print-html.ts";
import { printJson } from "./print-json.ts";
import { printPdf } from "./print-pdf.ts";
import { type ZipFile, zipOf } from "./zip.ts";

type Parts = Pick<FulfilmentContext, "topics" | "recordWords" | "vault">;

interface NamedPaper extends CopiedPaper {
  readonly name: string;
}

/** As `sha256sum --check` reads it. */
const SUMS = "SHA256SUMS";
const CONTENTS = "contents.txt";

export function printArchive(parts: Parts, fetched: Fetched): AsyncGenerator<Uint8Array, void, undefined> {
  const digests: (readonly [name: string, sha256: string])[] = [];
  const files = filesOf(parts, fetched, digests);
  return zipOf(files, new Date(fetched.face.madeAt), (name, sha256) => digests.push([name, sha256]));
}

async function* filesOf(
  parts: Parts,
  fetched: Fetched,
  digests: readonly (readonly [string, string])[],
): AsyncGenerator<ZipFile, void, undefined> {
  yield { name: "information.html", content: printHtml(parts, fetched) };
  yield { name: "information.pdf", content: printPdf(parts, fetched), isPacked: true };
  yield { name: "information.json", content: printJson(fetched) };
  yield { name: "information.fhir.json", content: printFhir(fetched) };
  const papers = await papersIn(fetched);
  const unreadable = new Set<string>();
  for (const paper of papers) {
    const bytes = await bytesOf(fetched, paper);
    if (bytes === null) unreadable.add(paper.name);
    else yield { name: paper.name, content: [bytes], isPacked: true };
  }
  yield { name: CONTENTS, content: contents(parts, fetched, { papers, unreadable }) };
  yield { name: SUMS, content: digests.map(([name, sha256]) => `${sha256}  ${name}\n`) };
}

async function papersIn({ records }: Fetched): Promise<NamedPaper[]> {
  const papers: NamedPaper[] = [];
  const hasRoom = roomForPapers();
  for await (const record of records()) {
    const paper = paperOf(record);
    if (paper === null || paper === "elsewhere" || !hasRoom(paper)) continue;
    const number = String(papers.length + 1).padStart(3, "0");
    const kind = /^[a-z-]{1,40}$/.exec(paper.kind ?? "")?.[0] ?? "paper";
    papers.push({ ...paper, name: `papers/${number}-${kind}${endingOf(paper.mediaType ?? "")}` });
  }
  return papers;
}

/** Null where parts of it are missing or another's: the rest is handed out all the same, and says so. */
async function bytesOf(fetched: Fetched, paper: CopiedPaper): Promise<Buffer | null> {
  try {
    return await fetched.bytesOf(paper);
  } catch (error) {
    if (error instanceof DocumentError && error.code === "not-whole") return null;
    throw error;
  }
}

interface Contained {
  readonly papers: readonly NamedPaper[];
  readonly unreadable: ReadonlySet<string>;
}

function* contents(
  parts: Parts,
  fetched: Fetched,
  { papers, unreadable }: Contained,
): Generator<string, void, undefined> {
  const { face } = fetched;
  const words = WORDS[face.language];
  yield `${words.title}\n${words.made} ${face.madeAt.slice(0, 10)}\n\n${words.about}\n\n`;
  yield `information.html, information.pdf: ${words.toRead}\ninformation.json, information.fhir.json: ${words.forMachines}\n${SUMS}: ${words.sums}\n`;
  yield `\n${words.papers}\n`;
  if (papers.length === 0) yield `- ${words.noPapers}\n`;
  for (const { name, receivedOn, digest, isRedacted } of papers) {
    const received = receivedOn === null ? "" : `, ${words.received} ${receivedOn}`;
    const fault = unreadable.has(name) ? `: ${words.unreadable}` : "";
    const struck = isRedacted ? `, ${words.redacted}` : "";
    yield `- ${name}${received}${struck}, SHA-256 ${digest}${fault}\n`;
  }
  // Why others do not go along, where it may be told.
  for (const { why, count } of face.papers.leftOut) {
    if (why === "elsewhere") yield `- ${count} ${words.papersElsewhere}\n`;
    if (why === "too-many") yield `- ${count} ${words.papersTooMany}\n`;
  }
  const kept = keptLines(parts, fetched, face.language);
  if (kept.length > 0) yield `\n${words.withheld}\n${words.withheldText}\n`;
  for (const told of kept) yield `- ${told}\n`;
  yield `\n${words.rights}\n`;
}
