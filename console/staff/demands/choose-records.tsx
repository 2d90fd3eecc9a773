// The records of a customer that are produced, where not all are: chosen from the masked view, or by their ids where that is not theirs to see.
import { MultiSelect, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { AskingOf } from "../../shared/ask.ts";
import { shortId } from "../../shared/short-id.tsx";
import { useSchema } from "../customers/schema.ts";
import { useMaskedView } from "../customers/use-masked-view.ts";
import type { Demand } from "./demands.tsx";

const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

type Part = AskingOf<"narrowDemand">["body"]["produced"][number];

export interface ChooseRecordsProps {
  readonly limit: Demand["named"][number];
  readonly part: Part;
  readonly onChange: (part: Part) => void;
}

export function ChooseRecords({ limit, part, onChange }: ChooseRecordsProps): ReactNode {
  const t = useTranslations("demands.narrow");
  const schema = useSchema();
  const { data, error } = useMaskedView(limit.customerId);
  const [typed, setTyped] = useState(() => part.recordIds?.join("\n") ?? "");
  const { recordIds: _all, ...whole } = part;
  const put = (recordIds: readonly string[]): void =>
    onChange(recordIds.length === 0 ? whole : { ...whole, recordIds: [...recordIds] });
  if (error !== null)
    return (
      <Textarea
        label={t("recordIds")}
        description={t("recordsHint")}
        autosize
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          put([...new Set(event.currentTarget.value.match(ID) ?? [])]);
        }}
      />
    );
  const units = (data?.units ?? []).filter(({ unitId }) => limit.unitIds === null || limit.unitIds.includes(unitId));
  const records = units.flatMap((unit) => unit.records);
  return (
    <MultiSelect
      openOnFocus={false}
      label={t("records")}
      description={t("recordsHint")}
      searchable
      data={records
        .filter(({ recordId }) => limit.recordIds === null || limit.recordIds.includes(recordId))
        .map(({ recordId, type }) => ({ value: recordId, label: `${schema.record(type)} (${shortId(recordId)})` }))}
      value={[...(part.recordIds ?? [])]}
      onChange={put}
    />
  );
}
