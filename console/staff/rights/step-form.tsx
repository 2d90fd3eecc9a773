// One step: what it does in words, and the words that go with it.
import { Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Day } from "../../shared/day.tsx";
import { useSession } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { StepName } from "./right-acts.tsx";
import type { Right } from "./right.tsx";

type Body = AskingOf<"takeRightStep">["body"];

const WITH_WORDS: ReadonlySet<StepName> = new Set(["message", "ask", "extend", "comment", "add-task", "lift"]);

export interface StepFormProps {
  readonly right: Right;
  readonly step: StepName;
  readonly onDone: () => void;
}

export function StepForm({ right, step, onDone }: StepFormProps): ReactNode {
  const t = useTranslations("rights");
  const { principalId } = useSession();
  const [words, setWords] = useState("");
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const hasWords = WITH_WORDS.has(step);
  return (
    <ActForm
      action={t(`acts.${step}`)}
      act={act}
      isIncomplete={hasWords && words.trim() === ""}
      onSubmit={() =>
        act.mutate({
          params: { requestId: right.requestId },
          body: bodyOf(step, { words: words.trim(), principalId }),
        })
      }
    >
      <Text size="sm">{t(`meaning.${step}`)}</Text>
      {step === "extend" && <Extending right={right} />}
      {hasWords && (
        <Textarea
          label={t(step === "extend" ? "reason" : "words")}
          autosize
          minRows={2}
          maxLength={step === "add-task" ? 200 : 4000}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </ActForm>
  );
}

/** What it would make of the day, until when the customer is to be told, and what the law asks for. */
function Extending({ right: { clock, rule } }: { readonly right: Right }): ReactNode {
  const w = useTranslations("rights-words");
  const t = useTranslations("rights");
  if (clock.extension === null) return null;
  const { dueOn, tellBefore } = clock.extension;
  return (
    <Text size="sm">
      {w.rich("mayExtend", { on: () => <Day on={dueOn} /> })}{" "}
      {t.rich("tellBefore", { at: () => <Moment at={tellBefore} /> })}
      {rule?.extension != null && ` ${rule.citation}: ${rule.extension}`}
    </Text>
  );
}

interface Given {
  readonly words: string;
  readonly principalId: string;
}

function bodyOf(step: StepName, { words, principalId }: Given): Body {
  switch (step) {
    case "assign":
      return { do: "assign", assigneeId: principalId };
    case "extend":
      return { do: "extend", reason: words };
    case "distinct":
      return { do: "mark-duplicate", of: null };
    case "acknowledge":
    case "retry":
    case "resume":
      return { do: step };
    default:
      return { do: step, words };
  }
}
