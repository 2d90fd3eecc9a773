// How far an authorization is to reach, within its form: classes, recipients, purposes, policies and claims; a part of the body or a period by its records.
import { Group, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { shortId } from "../../shared/short-id.tsx";
import { dataClass, purpose, recipientType } from "../../../contract/vocabulary.ts";
import { useSchema } from "../customers/schema.ts";
import { useMaskedView } from "../customers/use-masked-view.ts";
import type { Draft, GrantedTo } from "./draft.ts";
import type { FieldsProps } from "./expiry-field.tsx";

export function ScopeFields(props: FieldsProps & { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions");
  const words = useTranslations("words");
  const { form, draft, onChange } = props;
  const recipients: readonly GrantedTo[] = form.recipients ?? ["none", ...recipientType.options];
  const nameOf = (type: GrantedTo): string => (type === "none" ? t("us") : words(`recipients.${type}`));
  const classes = form.classes ?? dataClass.options;
  const purposes = form.purposes ?? purpose.options;
  return (
    <Stack gap="sm">
      <MultiSelect
        openOnFocus={false}
        label={t("facts.classes")}
        searchable
        data={classes.map((value) => ({ value, label: words(`classes.${value}`) }))}
        value={draft.classes.filter((one) => classes.includes(one))}
        onChange={(chosen) => onChange({ ...draft, classes: chosen as Draft["classes"] })}
      />
      <MultiSelect
        openOnFocus={false}
        label={t("facts.recipients")}
        searchable
        data={recipients.map((value) => ({ value, label: nameOf(value) }))}
        value={draft.recipients.filter((one) => recipients.includes(one))}
        onChange={(chosen) => onChange({ ...draft, recipients: chosen as Draft["recipients"] })}
      />
      <MultiSelect
        openOnFocus={false}
        label={t("facts.purposes")}
        searchable
        data={purposes.map((value) => ({ value, label: words(`purposes.${value}`) }))}
        value={draft.purposes.filter((one) => purposes.includes(one))}
        onChange={(chosen) => onChange({ ...draft, purposes: chosen as Draft["purposes"] })}
      />
      <Places {...props} />
    </Stack>
  );
}

function Places({ customerId, draft, onChange }: FieldsProps & { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions.capture");
  const words = useTranslations("words");
  const schema = useSchema();
  const units = useMaskedView(customerId).data?.units ?? [];
  const places = units.filter(({ kind }) => kind !== "relationship");
  const within = draft.unitIds.length === 0 ? units : units.filter(({ unitId }) => draft.unitIds.includes(unitId));
  const records = within.flatMap((unit) => unit.records.map((record) => ({ unit, record })));
  const isNarrowed = draft.bodyParts.trim() !== "" || draft.servicesFrom !== "" || draft.servicesTo !== "";
  return (
    <>
      <MultiSelect
        openOnFocus={false}
        label={t("units")}
        description={t("unitsHint")}
        data={places.map(({ unitId, kind, line }) => ({
          value: unitId,
          label: `${words(`unitKinds.${kind}`)}, ${words(`lines.${line}`)} (${shortId(unitId)})`,
        }))}
        value={[...draft.unitIds]}
        onChange={(unitIds) => onChange({ ...draft, unitIds, recordIds: [] })}
      />
      <TextInput
        label={t("bodyParts")}
        description={t("bodyPartsHint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={draft.bodyParts}
        onChange={(event) => onChange({ ...draft, bodyParts: event.currentTarget.value })}
      />
      <Group grow>
        <TextInput
          type="date"
          label={t("servicesFrom")}
          value={draft.servicesFrom}
          onChange={(event) => onChange({ ...draft, servicesFrom: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("servicesTo")}
          value={draft.servicesTo}
          onChange={(event) => onChange({ ...draft, servicesTo: event.currentTarget.value })}
        />
      </Group>
      {isNarrowed && (
        <>
          <Text size="sm">{t("narrowedText")}</Text>
          <MultiSelect
            openOnFocus={false}
            label={t("recordIds")}
            searchable
            data={records.map(({ record }) => ({
              value: record.recordId,
              label: `${schema.record(record.type)} (${shortId(record.recordId)})`,
            }))}
            value={[...draft.recordIds]}
            onChange={(recordIds) => onChange({ ...draft, recordIds })}
          />
        </>
      )}
    </>
  );
}
