// Asks for values and holds what is answered in a clear sheet: nowhere else, and not in what is remembered of questions.
import { useCallback, useState } from "react";
import { ask, type AnswerOf, type AskingOf } from "../../shared/ask.ts";
import { type Attempt, useAttempt } from "../../shared/attempt.ts";
import { type ClearSheet, useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Refused } from "../../shared/refused.ts";
import { useStepUp } from "../../shared/step-up.tsx";

export type Disclosure = AnswerOf<"disclose">;
export type DisclosedField = Disclosure["fields"][number];
export type Question = AskingOf<"disclose">["body"];

export interface Disclosing {
  readonly sheet: ClearSheet<Disclosure>;
  /** What was asked, of which the sheet holds the answer. */
  readonly question: Question | null;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** With `stepUp`, a second factor is shown first, since what is asked for wants one. */
  readonly disclose: (question: Question, options?: { readonly stepUp?: boolean }) => Promise<void>;
}

export function useDisclosing(): Disclosing {
  const sheet = useClearSheet<Disclosure>();
  const { isBusy, error, attempt }: Attempt = useAttempt();
  const [question, setQuestion] = useState<Question | null>(null);
  const withStepUp = useStepUp();
  const { show, forget } = sheet;
  const disclose = useCallback<Disclosing["disclose"]>(
    async (asked, { stepUp = false } = {}) => {
      forget();
      await attempt(async () => {
        show(await withStepUp(factorFirst(stepUp, () => ask("disclose", { body: asked }))));
        setQuestion(asked);
      });
    },
    [attempt, forget, show, withStepUp],
  );
  return { sheet, question, isBusy, error, disclose };
}

/** Asks for the factor as the server would, before the question is put at all. */
function factorFirst<Answer>(isWanted: boolean, work: () => Promise<Answer>): () => Promise<Answer> {
  let isAsked = !isWanted;
  return async () => {
    if (isAsked) return work();
    isAsked = true;
    throw new Refused(403, { code: "step-up-needed", detail: "a second factor is wanted for this" });
  };
}
