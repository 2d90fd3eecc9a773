// What the ledger says was written last of each authority row, gathered while its entries are walked in order.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { CheckedEntry } from "../ledger/ledger.ts";
import type { WrittenRow } from "./act.ts";
import type { AuthorityRowKind } from "./anomaly.ts";

/** One act's word on one row. */
export interface Written {
  readonly revision: number;
  readonly digest: string | null;
  readonly act: Uuid;
}

export interface WrittenRows {
  /** To be called for every entry in order: pass it as `onEntry` to the ledger's check. */
  readonly note: (entry: Pick<CheckedEntry, "index" | "entryId" | "detail">) => void;
  /** What was written last of a row; each can be taken once. */
  readonly take: (row: AuthorityRowKind, id: string) => Written | null;
  /** Rows nobody took. */
  readonly left: () => { row: AuthorityRowKind; id: string }[];
  /** Rows of which one revision, or a lower one, was written again: their table had been put back in between. */
  readonly repeated: () => { row: AuthorityRowKind; id: string }[];
  /** The index of the newest entry noted; -1 before the first. */
  readonly lastIndex: () => number;
}

const KINDS = [
  "principal",
  "assignment",
  "customer",
  "policy",
  "granted",
  "holder",
] as const satisfies readonly AuthorityRowKind[];
const writtenRow = z.object({
  row: z.enum(KINDS),
  id: z.string(),
  revision: z.int(),
  digest: z.string().nullable(),
}) satisfies z.ZodType<WrittenRow>;
const actDetail = z.object({ outcome: z.literal("done"), authority: z.array(z.unknown()) });

/** The rows of these kinds that an entry's committed detail says it wrote; none for refusals. */
export function rowsOfDetail(detail: CheckedEntry["detail"]): readonly WrittenRow[] {
  const parsed = actDetail.safeParse(detail);
  if (!parsed.success) return [];
  // Other domains note rows of theirs in the same place.
  return parsed.data.authority.flatMap((item) => writtenRow.safeParse(item).data ?? []);
}

/** Holds one small item a row of the tables, some 150 bytes each. */
export function gatherWrittenRows(): WrittenRows {
  const last = new Map<string, Written>();
  const repeated = new Set<string>();
  let lastIndex = -1;
  return {
    note: ({ index, entryId, detail }) => {
      lastIndex = index;
      for (const { row, id, revision, digest } of rowsOfDetail(detail)) {
        const key = `${row}/${id}`;
        const before = last.get(key);
        if (before !== undefined && before.revision >= revision) repeated.add(key);
        last.set(key, { revision, digest, act: entryId });
      }
    },
    take: (row, id) => {
      const key = `${row}/${id}`;
      const found = last.get(key) ?? null;
      last.delete(key);
      return found;
    },
    left: () => [...last.keys()].map(parseKey),
    repeated: () => [...repeated].map(parseKey),
    lastIndex: () => lastIndex,
  };
}

function parseKey(key: string): { row: AuthorityRowKind; id: string } {
  const [kind, id = ""] = key.split("/");
  const row = KINDS.find((each) => each === kind);
  if (row === undefined) throw new RangeError("not a key of written rows");
  return { row, id };
}
