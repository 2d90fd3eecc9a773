// After a refusal: what the customer says is right, filed for them by whoever has it from them; about which field is chosen by its name.
import { Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ChooseRecord } from "../corrections/choose-record.tsx";
import { isNotFound } from "../../shared/refused.ts";
import { MoreRecords } from "../customers/more-records.tsx";
import { useSchema } from "../customers/schema.ts";
import { useMaskedView } from "../customers/use-masked-view.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

const WORDS_MAX = 2000;

export function StatementForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const schema = useSchema();
  const about = right.proposal ?? right.wanted;
  const found = useMaskedView(right.customerId);
  const [recordId, setRecordId] = useState(about?.recordId ?? null);
  const [field, setField] = useState(about?.fields[0] ?? null);
  const [words, setWords] = useState("");
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const choose = (id: string | null): void => {
    setRecordId(id);
    setField(null);
  };
  return (
    <ActForm
      action={t("acts.statement")}
      act={act}
      isIncomplete={recordId === null || field === null || words.trim() === ""}
      onSubmit={() => {
        if (recordId === null || field === null) return;
        const said = { recordId, fields: [field], words: words.trim() };
        act.mutate({ params: { requestId: right.requestId }, body: { do: "file-statement", ...said } });
      }}
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
      {isNotFound(found.error) ? (
        <Text size="sm">{t("correction.unreached")}</Text>
      ) : (
        <Answered of={found}>
          {({ units }) => {
            const records = units.flatMap((unit) => unit.records);
            const held = records.find((one) => one.recordId === recordId)?.fields ?? [];
            return (
              <Stack gap="sm">
                <ChooseRecord records={records} value={recordId} onChange={choose} />
                <Select
                  label={t("correction.field")}
                  data={held.map(({ field: path, value }) => ({
                    value: path.slice(path.indexOf(".") + 1),
                    label: `${schema.field(path).label} (${value ?? "••••"})`,
                  }))}
                  value={field}
                  onChange={setField}
                />
              </Stack>
            );
          }}
        </Answered>
      )}
      <MoreRecords of={found} />
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
