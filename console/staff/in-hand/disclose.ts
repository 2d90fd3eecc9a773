// Asks for values and holds what is answered in a clear sheet: nowhere else, and not in what is remembered of questions.
import { useCallback, useState } from "react";
import { ask, type AnswerOf, type AskingOf } from "../../shared/ask.ts";
import { type Attempt, useAttempt } from "../../shared/attempt.ts";
import { type ClearSheet, useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Refused } from "../../shared/refused.ts";
import { PASSKEY_NEEDED, useStepUp } from "../../shared/step-up.tsx";

export type Disclosure = AnswerOf<"disclose">;
export type DisclosedField = Disclosure["fields"][number];
export type Question = AskingOf<"disclose">["body"];

/** A passkey where no other factor gets more. */
export type FactorWanted = "passkey" | "any";

export interface Disclosing {
  readonly sheet: ClearSheet<Disclosure>;
  /** What was asked last, of which the sheet holds the answer. */
  readonly question: Question | null;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** With `first`, that factor is shown first, since what is asked for wants it. */
  readonly disclose: (question: Question, options?: { readonly first?: FactorWanted | null }) => Promise<void>;
}

export function useDisclosing(): Disclosing {
  const sheet = useClearSheet<Disclosure>();
  const { isBusy, error, attempt }: Attempt = useAttempt();
  const [question, setQuestion] = useState<Question | null>(null);
  const withStepUp = useStepUp();
  const { show, forget } = sheet;
  const disclose = useCallback<Disclosing["disclose"]>(
    async (asked, { first = null } = {}) => {
      forget();
      setQuestion(asked);
      await attempt(async () => {
        show(await withStepUp(factorFirst(first, () => ask("disclose", { body: asked }))));
      });
    },
    [attempt, forget, show, withStepUp],
  );
  return { sheet, question, isBusy, error, disclose };
}

/** Asks for the factor as the server would, before the question is put at all. */
function factorFirst<Answer>(wanted: FactorWanted | null, work: () => Promise<Answer>): () => Promise<Answer> {
  let isAsked = wanted === null;
  return async () => {
    if (isAsked) return work();
    isAsked = true;
    const code = wanted === "passkey" ? PASSKEY_NEEDED : "step-up-needed";
    throw new Refused(403, { code, detail: "a second factor is wanted for this" });
  };
}
