// What a record is to say instead, proposed by one and decided by another.
import { Button, Group, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

interface Row {
  readonly field: string;
  readonly value: string;
}

const EMPTY: Row = { field: "", value: "" };
const ROWS_MAX = 40;

export function ProposeForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const [recordId, setRecordId] = useState("");
  const [rows, setRows] = useState<readonly Row[]>([EMPTY]);
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const given = rows.filter(({ field }) => field.trim() !== "");
  return (
    <ActForm
      action={t("acts.propose")}
      act={act}
      isIncomplete={recordId.trim() === "" || given.length === 0}
      onSubmit={() => {
        const fields = Object.fromEntries(given.map(({ field, value }) => [field.trim(), value.trim()]));
        act.mutate({
          params: { requestId: right.requestId },
          body: { do: "propose", recordId: recordId.trim(), fields },
        });
      }}
    >
      <Text size="sm">{t("meaning.propose")}</Text>
      <TextInput
        label={t("correction.record")}
        description={t("correction.recordHint")}
        spellCheck={false}
        value={recordId}
        onChange={(event) => setRecordId(event.currentTarget.value)}
      />
      {rows.map((row, at) => (
        <FieldRow
          key={String(at)}
          row={row}
          onChange={(changed) => setRows(rows.map((one, where) => (where === at ? changed : one)))}
        />
      ))}
      {rows.length < ROWS_MAX && (
        <Button variant="default" w="fit-content" onClick={() => setRows([...rows, EMPTY])}>
          {t("correction.more")}
        </Button>
      )}
    </ActForm>
  );
}

function FieldRow({ row, onChange }: { readonly row: Row; readonly onChange: (row: Row) => void }): ReactNode {
  const t = useTranslations("rights");
  return (
    <Group align="end" grow>
      <TextInput
        label={t("correction.field")}
        description={t("correction.fieldHint")}
        spellCheck={false}
        value={row.field}
        onChange={(event) => onChange({ ...row, field: event.currentTarget.value })}
      />
      <TextInput
        label={t("correction.value")}
        maxLength={4000}
        autoComplete="off"
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
      />
    </Group>
  );
}
