// Asking the desk: what kind of dilemma, what it is, whom it is about, who is to review it; with guidance at hand.
import { MultiSelect, Select, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DILEMMA_KINDS } from "./dilemma-kinds.ts";
import { GuidanceList } from "./guidance.tsx";

type Kind = AskingOf<"raiseDilemma">["body"]["kind"];
const ID = /^[0-9a-f-]{36}$/i;

export function RaiseDilemma({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("ethics");
  const desk = useAsk("describeEthicsDesk", {});
  const [kind, setKind] = useState<Kind | null>(null);
  const [words, setWords] = useState("");
  const [customerId, setCustomerId] = useState("");
  const [reviewers, setReviewers] = useState<string[]>([]);
  const raise = useAct("raiseDilemma", { changes: ["listDilemmas"], onDone });
  const isBadId = customerId.trim() !== "" && !ID.test(customerId.trim());
  const submit = (): void => {
    if (kind === null) return;
    const about = customerId.trim() === "" ? {} : { customerId: customerId.trim() };
    raise.mutate({ body: { kind, words: words.trim(), reviewers, ...about } });
  };
  return (
    <ActForm
      action={t("ask")}
      act={raise}
      isIncomplete={kind === null || words.trim() === "" || isBadId}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Select
        label={t("kind")}
        data-autofocus
        data={DILEMMA_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(value as Kind | null)}
      />
      {kind !== null && <GuidanceList of={(desk.data?.guidance ?? []).filter(({ kinds }) => kinds.includes(kind))} />}
      <Textarea
        label={t("words")}
        description={t("wordsHint")}
        autosize
        minRows={4}
        maxLength={8000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <TextInput
        label={t("customer")}
        description={t("customerHint")}
        autoComplete="off"
        error={isBadId ? t("noId") : null}
        value={customerId}
        onChange={(event) => setCustomerId(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("reviewers")}
        description={t("reviewersHint")}
        maxValues={5}
        data={(desk.data?.reviewers ?? []).map(({ principalId, name }) => ({ value: principalId, label: name }))}
        value={reviewers}
        onChange={setReviewers}
      />
      <Text size="sm" c="dimmed">
        {t("advises")}
      </Text>
    </ActForm>
  );
}
