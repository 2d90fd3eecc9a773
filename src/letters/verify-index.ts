// The index of letters against the letters: for `uberrima verify data`, which changes nothing.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { LettersContext } from "./context.ts";
import { faultOf, isMendedMeanwhile } from "./letter-index.ts";
import { LETTER, type LetterContent } from "./letter-row.ts";
import { type IndexedLetter, selectIndexed, selectIndexRange } from "./letter-store.ts";

export interface IndexFinding {
  readonly code: "missing" | "aged" | "extra";
  readonly id: string;
  readonly customerId: Uuid | null;
}

const PAGE = 500;

/** A letter that the index lacks, or shows elsewhere than where it stands, would wait for ever; one that nobody wrote leads to nothing. */
export async function* verifyIndex(context: LettersContext): AsyncGenerator<IndexFinding, void, undefined> {
  const { authority, clock, database } = context;
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page: Awaited<ReturnType<typeof authority.page<LetterContent>>> = await authority.page(database, LETTER, {
      state: "live",
      after,
      limit: PAGE,
    });
    const ids = page.rows.map(({ rowId }) => rowId);
    const indexed = new Map((await selectIndexed(database, ids)).map((one) => [one.letterId, one]));
    for (const row of page.rows) {
      if (row.endsAt !== null && row.endsAt <= clock.now()) continue;
      const code = faultOf(row, indexed.get(row.rowId));
      if (code === null || (await isMendedMeanwhile(context, row))) continue;
      yield { code, id: row.rowId, customerId: row.ownerId };
    }
    after = page.next;
    isLast = after === null;
  }
  yield* strangers(context);
}

async function* strangers({ authority, database }: LettersContext): AsyncGenerator<IndexFinding, void, undefined> {
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page: readonly IndexedLetter[] = await selectIndexRange(database, after, PAGE);
    for (const { letterId, customerId } of page) {
      const at = { ownerId: asId(customerId), rowId: asId(letterId) };
      // One that does not verify is told of among the authority rows.
      const isThere = await authority.get(database, LETTER, at).then(
        (row) => row !== null,
        () => true,
      );
      if (!isThere) yield { code: "extra", id: letterId, customerId: null };
    }
    const last = page.at(-1);
    isLast = page.length < PAGE || last === undefined;
    after = last === undefined ? null : asId(last.letterId);
  }
}
