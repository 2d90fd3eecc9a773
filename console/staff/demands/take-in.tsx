// Taking a demand in: what kind it is, who sends it, what exactly it names, and the scan. Nothing is opened by it.
import { Alert, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { Confidence } from "../governing/confidence.tsx";
import { useMay } from "../../shared/session.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { useAllRecipients } from "../recipients/all-recipients.ts";
import { ChooseDocument } from "../permissions/choose-document.tsx";
import { blankDemand, bodyOf, customersIn, type DemandDraft, isJurisdiction, lacksOf } from "./draft.ts";
import { Named } from "./named.tsx";

type Kind = AnswerOf<"listDemandRules">["kinds"][number];

export function TakeIn(): ReactNode {
  const t = useTranslations("demands.takeIn");
  const may = useMay();
  if (!may("demand.take-in")) return null;
  return (
    <DialogButton label={t("open")} title={t("title")} dialogSize="xl" dialog={(close) => <Taking onDone={close} />} />
  );
}

function Taking({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("demands.takeIn");
  const navigate = useNavigate();
  const kinds = useAsk("listDemandRules", {}).data?.kinds ?? [];
  const [draft, setDraft] = useState<DemandDraft>(blankDemand);
  const act = useAct("takeInDemand", {
    changes: ["listDemands"],
    onDone: ({ demandId }) => navigate({ to: `/demands/${demandId}` }),
  });
  const kind = kinds.find((one) => one.kind === draft.kind);
  const [customerId] = customersIn(draft);
  const body = bodyOf(draft);
  return (
    <ActForm
      action={t("now")}
      act={act}
      lacks={lacksOf(draft).map((name) => t(name))}
      onCancel={onDone}
      onSubmit={() => body !== null && act.mutate({ body })}
    >
      <ChooseKind kinds={kinds} kind={kind} draft={draft} onChange={setDraft} />
      <Sender kind={kind} draft={draft} onChange={setDraft} />
      <Textarea
        label={t("customers")}
        description={t("customersHint")}
        autosize
        spellCheck={false}
        autoComplete="off"
        value={draft.customers}
        onChange={(event) => setDraft({ ...draft, customers: event.currentTarget.value, documentId: null })}
      />
      {customerId !== undefined && kind !== undefined && (
        <>
          <Named kind={kind} customers={customersIn(draft)} draft={draft} onChange={setDraft} />
          <ChooseDocument
            key={customerId}
            customerId={customerId}
            kind="letter"
            value={draft.documentId}
            onChange={(documentId) => setDraft((known) => ({ ...known, documentId }))}
          />
        </>
      )}
    </ActForm>
  );
}

interface FieldsProps {
  readonly kind: Kind | undefined;
  readonly draft: DemandDraft;
  readonly onChange: (draft: DemandDraft) => void;
}

function ChooseKind({ kinds, kind, draft, onChange }: FieldsProps & { readonly kinds: readonly Kind[] }): ReactNode {
  const t = useTranslations("demands.takeIn");
  const words = useTranslations("words");
  const language = useLanguage();
  return (
    <Stack gap="xs">
      <Select
        label={t("kind")}
        description={kind?.citation}
        data={kinds.map((one) => ({ value: one.kind, label: one.title[language] }))}
        value={draft.kind}
        onChange={(chosen) => onChange({ ...draft, kind: chosen, recipient: null, recipientId: null, classes: [] })}
      />
      {kind !== undefined && <Confidence {...kind} />}
      {kind?.entitles === false && <Alert color="yellow">{t("opensNothing")}</Alert>}
      {kind !== undefined && kind.barred.length > 0 && (
        <Alert color="blue">
          {t("barred", { classes: kind.barred.map((name) => words(`classes.${name}`)).join(", ") })}
        </Alert>
      )}
    </Stack>
  );
}

function Sender({ kind, draft, onChange }: FieldsProps): ReactNode {
  const t = useTranslations("demands.takeIn");
  const words = useTranslations("words");
  const set = (name: "issuer" | "reference" | "jurisdiction" | "received" | "due") => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  const isWrong = draft.jurisdiction !== "" && !isJurisdiction(draft.jurisdiction);
  return (
    <Stack gap="sm">
      <TextInput label={t("issuer")} description={t("issuerHint")} maxLength={200} {...set("issuer")} />
      <Group grow align="start">
        <TextInput label={t("reference")} maxLength={100} {...set("reference")} />
        <TextInput
          label={t("jurisdiction")}
          placeholder="US-NY"
          error={isWrong ? t("jurisdictionHint") : null}
          {...set("jurisdiction")}
        />
      </Group>
      <Select
        label={t("recipient")}
        disabled={kind === undefined}
        data={(kind?.recipients ?? []).map((value) => ({
          value,
          label: words(`recipients.${value}` as "recipients.court"),
        }))}
        value={draft.recipient}
        onChange={(recipient) => onChange({ ...draft, recipient, recipientId: null })}
      />
      {draft.recipient !== null && <Registered type={draft.recipient} draft={draft} onChange={onChange} />}
      <Group grow>
        <TextInput type="date" label={t("received")} {...set("received")} />
        <TextInput type="date" label={t("due")} {...set("due")} />
      </Group>
    </Stack>
  );
}

/** Nothing where nobody of that kind is registered, or the register is not theirs to see. */
function Registered({ type, draft, onChange }: Omit<FieldsProps, "kind"> & { readonly type: string }): ReactNode {
  const t = useTranslations("demands.takeIn");
  const { rows } = useAllRecipients();
  const theirs = rows.filter((row) => row.type === type && row.state !== "ended");
  if (theirs.length === 0) return null;
  return (
    <Select
      label={t("registered")}
      description={t("registeredHint")}
      clearable
      data={theirs.map(({ recipientId, name }) => ({ value: recipientId, label: name }))}
      value={draft.recipientId}
      onChange={(recipientId) => onChange({ ...draft, recipientId })}
    />
  );
}
