// A case as the interface shows it.
import type { z } from "zod";
import type { caseFace, caseRead } from "../../../contract/cases.ts";
import { role as roles } from "../../../contract/vocabulary.ts";
import type { CaseFace, ReadCase } from "../../cases/cases.ts";

export function faceAnswer({ openedAt, answeredAt, closedAt, ...face }: CaseFace): z.output<typeof caseFace> {
  const { caseId, customerId, entryId, state } = face;
  return {
    caseId,
    customerId,
    entryId,
    state,
    openedAt: openedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  };
}

export function readAnswer(read: ReadCase): z.output<typeof caseRead> {
  const { words, answer } = read;
  const given = answer === null ? null : { words: answer.words, role: roles.safeParse(answer.role).data ?? null };
  return { ...faceAnswer(read), words, answer: given };
}
