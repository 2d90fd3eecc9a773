// Does what a person asked for: once, also when it is sent again; with a second factor where one is wanted; and then looks again at what it changed.
import { notifications } from "@mantine/notifications";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { RouteId } from "../../contract/routes.ts";
import { ask, type AnswerOf, type AskingOf } from "./ask.ts";
import { useFocusKept } from "./focus-kept.ts";
import { Refused } from "./refused.ts";
import { useStepUp } from "./step-up.tsx";
import { type Counter, offerUndo } from "./undo.ts";

export interface ActOptions<Id extends RouteId> {
  /** Questions whose answers are not what they were. */
  readonly changes?: readonly RouteId[];
  /** How it is taken back, where it can be: offered for a while, and an act of its own once it is wanted. */
  readonly undo?: (answer: AnswerOf<Id>, asking: AskingOf<Id>) => Counter | null;
  /** At once, before the questions are looked at anew. */
  readonly onSent?: () => unknown;
  readonly onDone?: (answer: AnswerOf<Id>, asking: AskingOf<Id>) => unknown;
}

interface Sent {
  readonly asking: string;
  readonly key: string;
}

const OVERTAKEN: ReadonlySet<number> = new Set([409]);

export function useAct<Id extends RouteId>(
  id: Id,
  { changes = [], undo, onSent, onDone }: ActOptions<Id> = {},
): UseMutationResult<AnswerOf<Id>, unknown, AskingOf<Id>> {
  const t = useTranslations("problems");
  const common = useTranslations("common");
  const withStepUp = useStepUp();
  const queries = useQueryClient();
  const lookAgain = (): Promise<unknown> =>
    Promise.all(changes.map((changed) => queries.invalidateQueries({ queryKey: [changed] })));
  const offer = ({ said, by, onUndone }: Counter): void => {
    const key = crypto.randomUUID();
    const takenBack = async (): Promise<void> => {
      await withStepUp(() => by(key));
      await lookAgain();
      await onUndone?.();
    };
    offerUndo({ said, undo: takenBack });
  };
  // The same once more after a failure may be the answer that was lost: the same key, so that it is not done twice.
  const failed = useRef<Sent | null>(null);
  const act = useMutation<AnswerOf<Id>, unknown, AskingOf<Id>>({
    mutationFn: async (asking) => {
      const text = JSON.stringify(asking);
      const sent = failed.current?.asking === text ? failed.current : { asking: text, key: crypto.randomUUID() };
      failed.current = sent;
      const answer = await withStepUp(() => ask(id, asking, { idempotencyKey: sent.key }));
      failed.current = null;
      return answer;
    },
    // Somebody else, or another tab, was first: what is shown is not how it stands.
    onError: async (error) => {
      if (!(error instanceof Refused && OVERTAKEN.has(error.status)) || changes.length === 0) return;
      // What the button stood in may be gone in a moment, and its failure with it.
      const closeButtonProps = { "aria-label": common("close") };
      notifications.show({ color: "yellow", message: t("overtaken"), closeButtonProps });
      await lookAgain();
    },
    onSuccess: async (answer, asking) => {
      const back = undo?.(answer, asking) ?? null;
      if (back !== null) offer(back);
      onSent?.();
      await lookAgain();
      await onDone?.(answer, asking);
    },
  });
  useFocusKept(act.isPending);
  return act;
}
