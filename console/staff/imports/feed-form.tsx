// What a file is as a whole: what it is called, whose it is, and which columns tell one customer, policy or claim from another.
import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../shared/session.ts";
import { OriginChoice } from "../customers/origin-choice.tsx";
import type { Draft, UnitKind } from "./draft.ts";

const UNITS: readonly UnitKind[] = ["policy", "claim", "application"];
const KINDS = ["person", "organisation"] as const;
/** Hints below, so that inputs beside each other stand in line. */
const ORDER: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];
const MARKS = ["point", "comma"] as const;

export interface DraftProps {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

export function FeedForm(props: DraftProps): ReactNode {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        <Named {...props} />
        <Place {...props} />
        <Keys {...props} />
        <Written {...props} />
      </SimpleGrid>
      <OriginChoice
        origin={props.draft.origin}
        onOrigin={(origin) => props.onDraft({ ...props.draft, origin })}
        units={["relationship", ...(props.draft.unit === null ? [] : [props.draft.unit.kind])]}
      />
    </>
  );
}

const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 48);

function Named({ draft, onDraft }: DraftProps): ReactNode {
  const t = useTranslations("imports");
  return (
    <>
      <TextInput
        inputWrapperOrder={ORDER}
        label={t("map.label")}
        description={draft.name === "" ? t("map.labelHint") : t("map.named", { name: draft.name })}
        maxLength={200}
        value={draft.label}
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, label: value, name: slug(value) })}
      />
      <TextInput
        inputWrapperOrder={ORDER}
        label={t("map.system")}
        description={t("map.systemHint")}
        maxLength={48}
        value={draft.system}
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, system: value })}
        onBlur={() => onDraft({ ...draft, system: slug(draft.system) })}
      />
    </>
  );
}

function Place({ draft, onDraft }: DraftProps): ReactNode {
  const t = useTranslations("imports");
  const words = useTranslations("words");
  const { entities, lines } = useSession();
  return (
    <>
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.entity")}
        description={t("map.entityHint")}
        allowDeselect={false}
        data={[...entities]}
        value={draft.entity}
        onChange={(value) => onDraft({ ...draft, entity: value ?? "", brand: value ?? "" })}
      />
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.line")}
        description={t("map.lineHint")}
        allowDeselect={false}
        data={lines.map((value) => ({ value, label: words(`lines.${value}`) }))}
        value={draft.line}
        onChange={(value) => onDraft({ ...draft, line: value ?? draft.line })}
      />
    </>
  );
}

function Keys({ draft, onDraft }: DraftProps): ReactNode {
  const t = useTranslations("imports");
  const words = useTranslations("words");
  const columns = Object.keys(draft.columns);
  return (
    <>
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.kind")}
        description={t("map.kindHint")}
        allowDeselect={false}
        data={KINDS.map((value) => ({ value, label: t(`map.kinds.${value}`) }))}
        value={draft.kind}
        onChange={(value) => onDraft({ ...draft, kind: KINDS.find((kind) => kind === value) ?? "person" })}
      />
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.key")}
        description={t("map.keyHint")}
        searchable
        data={columns}
        value={draft.key}
        onChange={(key) => onDraft({ ...draft, key })}
      />
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.unit")}
        description={t("map.unitHint")}
        clearable
        placeholder={t("map.noUnit")}
        data={UNITS.map((value) => ({ value, label: words(`unitKinds.${value}`) }))}
        value={draft.unit?.kind ?? null}
        onChange={(value) => {
          const kind = UNITS.find((each) => each === value);
          onDraft({ ...draft, unit: kind === undefined ? null : { kind, key: draft.unit?.key ?? null } });
        }}
      />
      {draft.unit !== null && (
        <Select
          inputWrapperOrder={ORDER}
          label={t("map.unitKey")}
          description={t("map.unitKeyHint")}
          searchable
          data={columns}
          value={draft.unit.key}
          onChange={(key) => draft.unit !== null && onDraft({ ...draft, unit: { ...draft.unit, key } })}
        />
      )}
    </>
  );
}

function Written({ draft, onDraft }: DraftProps): ReactNode {
  const t = useTranslations("imports");
  return (
    <>
      <TextInput
        inputWrapperOrder={ORDER}
        label={t("map.country")}
        description={t("map.countryHint")}
        maxLength={2}
        value={draft.country}
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, country: value.toUpperCase() })}
      />
      <TextInput
        inputWrapperOrder={ORDER}
        label={t("map.currency")}
        description={t("map.currencyHint")}
        maxLength={3}
        value={draft.currency}
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, currency: value.toUpperCase() })}
      />
      <Select
        inputWrapperOrder={ORDER}
        label={t("map.mark")}
        description={t("map.markHint")}
        allowDeselect={false}
        data={MARKS.map((value) => ({ value, label: t(`map.marks.${value}`) }))}
        value={draft.decimalMark}
        onChange={(value) => onDraft({ ...draft, decimalMark: value === "comma" ? "comma" : "point" })}
      />
    </>
  );
}
