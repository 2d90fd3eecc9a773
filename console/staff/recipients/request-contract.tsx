// A contract to be registered: what it lists is what may go, and no more; it waits for a second person.
import { MultiSelect, Select, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { useSchema } from "../customers/schema.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type DataClass, type Line, type Purpose, useCodes, useNames } from "../governing/choices.ts";

type Terms = AskingOf<"requestRecipientContract">["body"];
interface Draft {
  readonly kind: Terms["kind"] | null;
  readonly reference: string;
  readonly purposes: readonly Purpose[];
  readonly classes: readonly DataClass[];
  readonly fields: readonly string[];
  readonly lines: readonly Line[];
  readonly jurisdictions: string;
  readonly transferBasis: NonNullable<Terms["transferBasis"]>;
  readonly tokens: NonNullable<Terms["tokens"]>;
  readonly from: string;
  readonly until: string;
}

const EMPTY: Draft = {
  kind: null,
  reference: "",
  purposes: [],
  classes: [],
  fields: [],
  lines: [],
  jurisdictions: "",
  transferBasis: "none-needed",
  tokens: "deterministic",
  from: new Date().toISOString().slice(0, "2026-01-01".length),
  until: "",
};
const PLACES = /^[A-Z]{2}(-[A-Z0-9]{1,3})?([\s,]+[A-Z]{2}(-[A-Z0-9]{1,3})?)*$/;

interface Props {
  readonly recipientId: string;
  readonly onDone: () => void;
}

export function RequestContract({ recipientId, onDone }: Props): ReactNode {
  const t = useTranslations("recipients");
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const act = useAct("requestRecipientContract", { changes: ["listRecipients", "getRecipient"], onDone });
  const body = termsOf(draft);
  return (
    <ActForm
      action={t("ask")}
      act={act}
      isIncomplete={body === null}
      onCancel={onDone}
      onSubmit={() => body !== null && act.mutate({ params: { recipientId }, body })}
    >
      <Terms draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
      <Text size="sm" c="dimmed">
        {t("contract.second")}
      </Text>
    </ActForm>
  );
}

interface TermsProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

function Terms({ draft, set }: TermsProps): ReactNode {
  const t = useTranslations("recipients.contract");
  const { kinds } = useMessages().recipients.contract;
  return (
    <>
      <Select
        label={t("kind")}
        data={choices(Object.keys(kinds) as Terms["kind"][], (value) => kinds[value])}
        value={draft.kind}
        onChange={(value) => set({ kind: value as Terms["kind"] | null })}
      />
      <TextInput
        label={t("reference")}
        maxLength={200}
        value={draft.reference}
        onChange={(event) => set({ reference: event.currentTarget.value })}
      />
      <What draft={draft} set={set} />
      <Where draft={draft} set={set} />
      <TextInput
        label={t("startsAt")}
        type="date"
        value={draft.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        label={t("endsAt")}
        description={t("endsAtHint")}
        type="date"
        value={draft.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
    </>
  );
}

function What({ draft, set }: TermsProps): ReactNode {
  const t = useTranslations("recipients.contract");
  const name = useNames();
  const codes = useCodes();
  const { recordTypes } = useSchema();
  const fields = recordTypes.flatMap((type) =>
    type.fields
      .filter(({ dataClass }) => draft.classes.includes(dataClass))
      .map(({ path, label }) => ({ value: path, label: `${label} (${type.label})` })),
  );
  return (
    <>
      <MultiSelect
        label={t("purposes")}
        searchable
        data={choices(codes.purposes, name.purpose)}
        value={[...draft.purposes]}
        onChange={(values) => set({ purposes: values as Purpose[] })}
      />
      <MultiSelect
        label={t("classes")}
        searchable
        data={choices(codes.classes, name.dataClass)}
        value={[...draft.classes]}
        onChange={(values) => set({ classes: values as DataClass[], fields: [] })}
      />
      <MultiSelect
        label={t("fields")}
        description={t("fieldsHint")}
        searchable
        limit={100}
        disabled={fields.length === 0}
        data={fields}
        value={[...draft.fields]}
        onChange={(values) => set({ fields: values })}
      />
      <MultiSelect
        label={t("lines")}
        description={t("linesHint")}
        data={choices(codes.lines, name.line)}
        value={[...draft.lines]}
        onChange={(values) => set({ lines: values as Line[] })}
      />
    </>
  );
}

function Where({ draft, set }: TermsProps): ReactNode {
  const t = useTranslations("recipients.contract");
  const { transfers, tokenStyles } = useMessages().recipients.contract;
  return (
    <>
      <TextInput
        label={t("jurisdictions")}
        description={t("jurisdictionsHint")}
        maxLength={400}
        value={draft.jurisdictions}
        onChange={(event) => set({ jurisdictions: event.currentTarget.value.toUpperCase() })}
      />
      <Select
        label={t("transferBasis")}
        allowDeselect={false}
        data={Object.entries(transfers).map(([value, label]) => ({ value, label }))}
        value={draft.transferBasis}
        onChange={(value) => set({ transferBasis: value as Draft["transferBasis"] })}
      />
      <Select
        label={t("tokens")}
        description={t("tokensHint")}
        allowDeselect={false}
        data={Object.entries(tokenStyles).map(([value, label]) => ({ value, label }))}
        value={draft.tokens}
        onChange={(value) => set({ tokens: value as Draft["tokens"] })}
      />
    </>
  );
}

/** null while it is not whole. Days begin where the reader is. */
function termsOf(draft: Draft): Terms | null {
  const { kind, reference, purposes, classes, fields, lines, from, until, transferBasis, tokens } = draft;
  const places = draft.jurisdictions.trim();
  const isWhole =
    reference.trim() !== "" && purposes.length > 0 && classes.length > 0 && PLACES.test(places) && from !== "";
  if (kind === null || !isWhole) return null;
  return {
    kind,
    reference: reference.trim(),
    purposes: [...purposes],
    classes: [...classes],
    fields: fields.length === 0 ? null : [...fields],
    lines: lines.length === 0 ? null : [...lines],
    jurisdictions: [...new Set(places.split(/[\s,]+/))],
    transferBasis,
    tokens,
    startsAt: dayOf(from),
    endsAt: until === "" ? null : dayOf(until),
  };
}

function dayOf(date: string): string {
  return new Date(`${date}T00:00`).toISOString();
}
