// A case with what was written in it, opened in the reader's name.
import type { Authenticated } from "../access/access.ts";
import { asId } from "../kernel/ids.ts";
import { type CaseFace, type CaseRow, faceOf } from "./case-row.ts";
import type { CasesContext } from "./context.ts";

export interface ReadCase extends CaseFace {
  /** Null where it went with an erasure. */
  readonly words: string | null;
  readonly answer: { readonly words: string | null; readonly role: string } | null;
}

export async function readCase({ gate }: CasesContext, asker: Authenticated, row: CaseRow): Promise<ReadCase> {
  const { content, ownerId, rowId } = row;
  const { words, answer } = content;
  const sealed = [{ part: "words", ...words }, ...(answer === null ? [] : [{ part: "answer", ...answer.words }])];
  const opened = await gate.readWaiting(asker, {
    customerId: ownerId,
    why: "case-words",
    waitsIn: rowId,
    fields: [],
    sealed: sealed.map((one) => ({ ...one, unitId: asId(one.unitId) })),
  });
  const textOf = (part: string): string | null => {
    const text = opened.get(part);
    return text === undefined ? null : String(JSON.parse(text));
  };
  return {
    ...faceOf(row),
    words: textOf("words"),
    answer: answer === null ? null : { words: textOf("answer"), role: answer.role },
  };
}
