// What a demand names: classes that its kind may reach, policies or claims, the period.
import { Group, MultiSelect, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { dataClass } from "../../../contract/vocabulary.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { shortId } from "../../shared/short-id.tsx";
import { useMaskedView } from "../customers/use-masked-view.ts";
import type { DemandDraft } from "./draft.ts";

export interface NamedProps {
  readonly kind: AnswerOf<"listDemandRules">["kinds"][number];
  readonly customers: readonly string[];
  readonly draft: DemandDraft;
  readonly onChange: (draft: DemandDraft) => void;
}

export function Named({ kind, customers, draft, onChange }: NamedProps): ReactNode {
  const t = useTranslations("demands.takeIn");
  const words = useTranslations("words");
  const [customerId] = customers;
  const within = dataClass.options.filter((name) => !kind.barred.includes(name));
  return (
    <Stack gap="sm">
      <MultiSelect
        openOnFocus={false}
        label={t("classes")}
        description={t("classesHint")}
        searchable
        data={within.map((value) => ({ value, label: words(`classes.${value}`) }))}
        value={[...draft.classes]}
        onChange={(classes) => onChange({ ...draft, classes: classes as DemandDraft["classes"] })}
      />
      {customers.length === 1 && customerId !== undefined && (
        <Places customerId={customerId} draft={draft} onChange={onChange} />
      )}
      <Group grow>
        <TextInput
          type="date"
          label={t("from")}
          value={draft.from}
          onChange={(event) => onChange({ ...draft, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("to")}
          value={draft.to}
          onChange={(event) => onChange({ ...draft, to: event.currentTarget.value })}
        />
      </Group>
    </Stack>
  );
}

function Places({
  customerId,
  draft,
  onChange,
}: Omit<NamedProps, "kind" | "customers"> & { customerId: string }): ReactNode {
  const t = useTranslations("demands.takeIn");
  const words = useTranslations("words");
  const units = useMaskedView(customerId).data?.units.filter(({ kind }) => kind !== "relationship") ?? [];
  return (
    <MultiSelect
      openOnFocus={false}
      label={t("units")}
      description={t("unitsHint")}
      data={units.map(({ unitId, kind, line }) => ({
        value: unitId,
        label: `${words(`unitKinds.${kind}`)}, ${words(`lines.${line}`)} (${shortId(unitId)})`,
      }))}
      value={[...draft.unitIds]}
      onChange={(unitIds) => onChange({ ...draft, unitIds })}
    />
  );
}
