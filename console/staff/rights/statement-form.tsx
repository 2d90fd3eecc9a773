// After a refusal: what the customer says is right, filed for them by whoever has it from them.
import { Button, Group, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

const WORDS_MAX = 2000;

export function StatementForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const [recordId, setRecordId] = useState(right.proposal?.recordId ?? "");
  const [field, setField] = useState(right.proposal?.fields[0] ?? "");
  const [words, setWords] = useState("");
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  return (
    <ActForm
      action={t("acts.statement")}
      act={act}
      isIncomplete={recordId.trim() === "" || field.trim() === "" || words.trim() === ""}
      onSubmit={() =>
        act.mutate({
          params: { requestId: right.requestId },
          body: { do: "file-statement", recordId: recordId.trim(), fields: [field.trim()], words: words.trim() },
        })
      }
    >
      <Text size="sm">{t("meaning.statement")}</Text>
      {right.statements
        .filter(({ withdrawn }) => withdrawn === null)
        .map(({ statementId, recordType, fields, at }) => (
          <Group key={statementId} gap="xs">
            <Text size="sm">
              {recordType} {fields.join(", ")}, <Moment at={at} dateOnly />
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              loading={act.isPending}
              onClick={() =>
                act.mutate({
                  params: { requestId: right.requestId },
                  body: { do: "withdraw-statement", statementId },
                })
              }
            >
              {t("correction.withdraw")}
            </Button>
          </Group>
        ))}
      <TextInput
        label={t("correction.record")}
        description={t("correction.recordHint")}
        spellCheck={false}
        value={recordId}
        onChange={(event) => setRecordId(event.currentTarget.value)}
      />
      <TextInput
        label={t("correction.field")}
        description={t("correction.fieldHint")}
        spellCheck={false}
        value={field}
        onChange={(event) => setField(event.currentTarget.value)}
      />
      <Textarea
        label={t("correction.statement")}
        autosize
        minRows={3}
        maxLength={WORDS_MAX}
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </ActForm>
  );
}
