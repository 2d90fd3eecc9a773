// Papers of a copy: those whose record the gate has disclosed to the customer, and which others there are and why they do not go along.
import { REFERENCE } from "../documents/documents.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { RECORDS_PAGE_MAX, type StoredRecord } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import type { GivenRecord } from "./gather.ts";
import { type PackageContent, PAPERS_LEFT_OUT, type PaperLeftOut } from "./package-row.ts";

/** A record of a paper, as a copy says it. */
export interface CopiedPaper {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly kind: string | null;
  readonly mediaType: string | null;
  readonly receivedOn: string | null;
  /** A copy out of which other people were struck. */
  readonly isRedacted: boolean;
}

export const PAPER_TYPE = "document";
/** Their records lie in memory while an archive is sent, which is no longer than its format allows (4 GB). */
const PAPERS_MAX = 1000;
const PAPERS_BYTES_MAX = 2_000_000_000;

/** Null for what is no paper, or of which the digest is not disclosed in clear; `elsewhere` where only that is kept here. */
export function paperOf({ type, recordId, unitId, fields, isRedacted }: GivenRecord): CopiedPaper | "elsewhere" | null {
  if (type !== PAPER_TYPE) return null;
  const clear = new Map(fields.filter(({ form }) => form === "clear").map(({ name, value }) => [name, value]));
  const digest = clear.get("digest");
  if (digest === undefined) return null;
  if (clear.get("storage-reference") !== REFERENCE) return "elsewhere";
  const said = (name: string): string | null => clear.get(name) ?? null;
  return {
    recordId,
    unitId,
    digest,
    sizeBytes: Number(clear.get("size-bytes") ?? 0),
    kind: said("kind"),
    mediaType: said("media-type"),
    receivedOn: said("received-on"),
    isRedacted: isRedacted === true,
  };
}

/** Counts papers while the records of a copy are gathered. */
export interface PaperCount {
  note(record: GivenRecord): void;
  /** `waiting`: those that somebody has to read first. `included`: their records. */
  end(
    customerId: Uuid,
    waiting: ReadonlySet<string>,
  ): Promise<{ readonly included: readonly Uuid[]; readonly papers: PackageContent["papers"] }>;
}

/** One that waited is not there any more, or goes along. */
export function paperDecided(
  papers: PackageContent["papers"],
  now: PaperLeftOut | "included",
): PackageContent["papers"] {
  const counts = new Map(papers.leftOut.map(({ why, count }) => [why, count]));
  counts.set("in-review", (counts.get("in-review") ?? 1) - 1);
  if (now !== "included") counts.set(now, (counts.get(now) ?? 0) + 1);
  const leftOut = PAPERS_LEFT_OUT.map((why) => ({ why, count: counts.get(why) ?? 0 }));
  const included = papers.included + (now === "included" ? 1 : 0);
  return { included, leftOut: leftOut.filter(({ count }) => count > 0) };
}

/** `demanded`: those that legal demands rest on. */
export function countPapers(parts: Pick<FulfilmentContext, "vault">, demanded: ReadonlySet<Uuid>): PaperCount {
  const known = new Map<Uuid, PaperLeftOut | "included">();
  const room = roomForPapers();
  return {
    note: (record) => {
      const paper = paperOf(record);
      if (paper === "elsewhere") known.set(record.recordId, paper);
      else if (paper !== null) known.set(record.recordId, room(paper) ? "included" : "too-many");
    },
    end: async (customerId, waiting) => {
      const counts = new Map<PaperLeftOut, number>();
      const included: Uuid[] = [];
      for await (const { recordId } of recordsOf(parts, customerId, PAPER_TYPE)) {
        const ifNot = waiting.has(recordId) ? "in-review" : "not-disclosed";
        const found = demanded.has(recordId) ? "legal-demand" : (known.get(recordId) ?? ifNot);
        if (found === "included") included.push(recordId);
        else counts.set(found, (counts.get(found) ?? 0) + 1);
      }
      const leftOut = PAPERS_LEFT_OUT.map((why) => ({ why, count: counts.get(why) ?? 0 }));
      return { included, papers: { included: included.length, leftOut: leftOut.filter(({ count }) => count > 0) } };
    },
  };
}

/** Whether a further paper has room in an archive. */
export function roomForPapers(): (paper: CopiedPaper) => boolean {
  let [count, bytes] = [0, 0];
  return ({ sizeBytes }) => {
    if (count >= PAPERS_MAX || bytes + sizeBytes > PAPERS_BYTES_MAX) return false;
    [count, bytes] = [count + 1, bytes + sizeBytes];
    return true;
  };
}

/** By the records' type alone: nothing is opened. */
export async function* recordsOf(
  { vault }: Pick<FulfilmentContext, "vault">,
  customerId: Uuid,
  type: string,
): AsyncGenerator<StoredRecord["record"], void, undefined> {
  for (let after: Uuid | null = null; ;) {
    const filter = { recordTypes: [type], ...(after === null ? {} : { after }) };
    const page: readonly StoredRecord[] = await vault.loadRecords([customerId], filter);
    for (const { record } of page) yield record;
    after = page.at(-1)?.record.recordId ?? null;
    if (page.length < RECORDS_PAGE_MAX) return;
  }
}
