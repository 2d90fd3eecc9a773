// The sealed parts of papers against the entries that took them in: for `uberrima verify data`. Nothing is opened.
import { createHash } from "node:crypto";
import { z } from "zod";
import { lengthPrefixed, type Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { type DocumentPart, selectPapers, selectPlacedParts } from "./document-store.ts";

export interface PaperFinding {
  readonly code: "missing" | "altered" | "extra";
  readonly recordId: Uuid;
  readonly customerId: Uuid | null;
}

export interface WrittenPapers {
  /** Takes the committed detail of every entry of the log. */
  note(detail: Detail): void;
  verify(asked: {
    /** Of a paper that is gone. */
    readonly isErased: (customerId: Uuid, unitId: Uuid) => Promise<boolean>;
    /** The details of the newest entries that wrote to the customer: one may have taken a paper in since. */
    readonly newestDetails: (customerId: Uuid) => Promise<readonly Detail[]>;
  }): AsyncGenerator<PaperFinding, void, undefined>;
}

interface Detail {
  readonly [key: string]: unknown;
}

const takenIn = z.object({
  authority: z.array(z.unknown()),
  writes: z.array(z.object({ record: z.string(), unit: z.string() })),
});
const writtenPaper = z.object({
  row: z.literal("document-part"),
  id: z.string(),
  customer: z.string(),
  digest: z.string().length(64),
});
const PAGE = 500;

interface Paper {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly digest: string;
}

/** Lower-case hex, over every part with its place. */
export function partsDigest(parts: readonly DocumentPart[]): string {
  const whole = createHash("sha256").update(lengthPrefixed("uberrima/document-parts/v1", String(parts.length)));
  for (const { recordId, part, customerId, unitId, sealed } of parts)
    whole.update(lengthPrefixed(recordId, String(part), customerId, unitId, sealed));
  return whole.digest("hex");
}

/** The papers that an entry's detail says were taken in. */
function papersOf(detail: Detail): readonly (readonly [Uuid, Paper])[] {
  const entry = takenIn.safeParse(detail).data;
  return (entry?.authority ?? []).flatMap((row) => {
    const { data } = writtenPaper.safeParse(row);
    const write = entry?.writes.find(({ record }) => record === data?.id);
    return data === undefined || write === undefined
      ? []
      : [[asId(data.id), { customerId: asId(data.customer), unitId: asId(write.unit), digest: data.digest }] as const];
  });
}

export function writtenPapers(on: Querier): WrittenPapers {
  const written = new Map<Uuid, Paper>();
  return {
    note: (detail) => {
      for (const [recordId, paper] of papersOf(detail)) written.set(recordId, paper);
    },
    async *verify({ isErased, newestDetails }) {
      const seen = new Set<Uuid>();
      for (let after: Uuid | null = null, isLast = false; !isLast;) {
        const page: readonly Uuid[] = await selectPapers(on, after, PAGE);
        for (const recordId of page) {
          seen.add(recordId);
          const parts = await selectPlacedParts(on, recordId);
          const [first] = parts;
          // Erased between the two readings.
          if (first === undefined) continue;
          const paper =
            written.get(recordId) ?? new Map((await newestDetails(first.customerId)).flatMap(papersOf)).get(recordId);
          if (paper === undefined) yield { code: "extra", recordId, customerId: null };
          else if (partsDigest(parts) !== paper.digest)
            yield { code: "altered", recordId, customerId: paper.customerId };
        }
        after = page.at(-1) ?? null;
        isLast = page.length < PAGE;
      }
      for (const [recordId, { customerId, unitId }] of written)
        if (!seen.has(recordId) && !(await isErased(customerId, unitId)))
          yield { code: "missing", recordId, customerId };
    },
  };
}
