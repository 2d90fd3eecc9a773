// One of a customer's records, by what it is called and what its masks say.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { maskedLine } from "../customers/masked-line.ts";
import { useSchema } from "../customers/schema.ts";
import type { MaskedRecord } from "../customers/use-masked-view.ts";

export interface ChooseRecordProps {
  readonly records: readonly MaskedRecord[];
  readonly value: string | null;
  readonly onChange: (recordId: string | null) => void;
}

export function ChooseRecord({ records, value, onChange }: ChooseRecordProps): ReactNode {
  const t = useTranslations("corrections");
  const schema = useSchema();
  return (
    <Select
      label={t("which")}
      searchable
      placeholder={t("choose")}
      nothingFoundMessage={t("noSuch")}
      data={records.map((record, at) => ({
        value: record.recordId,
        label: `${at + 1} · ${schema.record(record.type)} ${maskedLine(masksOf(record)) ?? ""}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

function masksOf({ fields }: MaskedRecord): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, value }) => [field, value ?? ""]));
}
