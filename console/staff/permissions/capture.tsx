// Taking in what a customer agreed to, or refused, by a form of law; or asking them for it. What the law misses is named as one goes.
import { Alert, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { Confidence } from "../governing/confidence.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { type Form, useForms } from "./forms.ts";
import { blankDraft, type Draft, signedOf, termsOf } from "./draft.ts";
import { ExpiryField } from "./expiry-field.tsx";
import { Missing } from "./missing.tsx";
import { missingOf } from "./missing-elements.ts";
import { ScopeFields } from "./scope-fields.tsx";
import { SignatureFields } from "./signature-fields.tsx";
import { forgetWanted, type Wanted, wantedOf } from "./wanted.ts";

export function Capture({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions.capture");
  const [wanted] = useState(() => wantedOf(customerId));
  // What was wanted is known here now; whoever comes again wants something else.
  useEffect(() => () => forgetWanted(), []);
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      isOpenAtFirst={wanted !== null}
      dialog={(close) => <Capturing customerId={customerId} wanted={wanted} onDone={close} />}
    />
  );
}

const MODES = ["signed", "asked", "refused"] as const;
type Mode = (typeof MODES)[number];

interface CapturingProps {
  readonly customerId: string;
  readonly wanted: Wanted | null;
  readonly onDone: () => void;
}

function Capturing({ customerId, wanted, onDone }: CapturingProps): ReactNode {
  const t = useTranslations("permissions.capture");
  const [draft, setDraft] = useState<Draft>(() => ({ ...blankDraft(), ...firstOf(wanted) }));
  const [mode, setMode] = useState<Mode>("signed");
  const forms = useForms();
  const form = forms.find((known) => known.form === draft.form);
  return (
    <Stack gap="md">
      {wanted !== null && <Text size="sm">{t("wanted")}</Text>}
      <SegmentedControl
        aria-label={t("title")}
        fullWidth
        value={mode}
        onChange={(value) => setMode(value as Mode)}
        data={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
      />
      <ChooseForm
        forms={forms}
        value={draft.form}
        onChange={(chosen) => setDraft({ ...draft, form: chosen, elements: [] })}
      />
      {form !== undefined && (
        <Filling customerId={customerId} form={form} draft={draft} mode={mode} onChange={setDraft} onDone={onDone} />
      )}
    </Stack>
  );
}

function firstOf(wanted: Wanted | null): Partial<Draft> {
  return wanted === null ? {} : { classes: wanted.classes, purposes: [wanted.purpose], recipients: ["none"] };
}

interface ChooseFormProps {
  readonly forms: readonly Form[];
  readonly value: string | null;
  readonly onChange: (form: string | null) => void;
}

function ChooseForm({ forms, value, onChange }: ChooseFormProps): ReactNode {
  const t = useTranslations("permissions.capture");
  const language = useLanguage();
  const chosen = forms.find(({ form }) => form === value);
  return (
    <>
      <Select
        label={t("form")}
        data={forms.map(({ form, title, law }) => ({ value: form, label: `${title[language]} (${law})` }))}
        value={value}
        onChange={onChange}
      />
      {chosen !== undefined && (
        <Stack gap={4}>
          <Text size="sm" c="dimmed">
            {chosen.citation}
          </Text>
          <Confidence {...chosen} />
        </Stack>
      )}
    </>
  );
}

interface FillingProps {
  readonly customerId: string;
  readonly form: Form;
  readonly draft: Draft;
  readonly mode: Mode;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: () => void;
}

function Filling({ customerId, form, draft, mode, onChange, onDone }: FillingProps): ReactNode {
  const t = useTranslations("permissions");
  const may = useMay();
  const changes = { changes: ["listAuthorizations"], onDone } as const;
  const record = useAct("recordAuthorization", changes);
  const ask = useAct("askAuthorization", changes);
  const missing = missingOf(form, draft).filter(({ found }) => mode === "signed" || isOfReach(found));
  const isNarrowed = termsOf(draft)?.narrowing !== undefined;
  const send = (): void => {
    const terms = termsOf(draft);
    if (terms === null) return;
    if (mode === "asked") ask.mutate({ params: { customerId }, body: terms });
    else
      record.mutate({
        params: { customerId },
        body: { ...terms, signed: mode === "refused" ? null : signedOf(draft) },
      });
  };
  return (
    <ActForm
      action={t(`capture.now.${mode}`)}
      act={mode === "asked" ? ask : record}
      isIncomplete={missing.length > 0 || (isNarrowed && draft.recordIds.length === 0) || !may("authorization.record")}
      onCancel={onDone}
      onSubmit={send}
    >
      <ScopeFields customerId={customerId} form={form} draft={draft} onChange={onChange} />
      <ExpiryField form={form} draft={draft} onChange={onChange} />
      {mode === "signed" && <SignatureFields customerId={customerId} form={form} draft={draft} onChange={onChange} />}
      <Missing of={missing} />
      {mode === "signed" && <Alert color="blue">{t("notYourOwn")}</Alert>}
    </ActForm>
  );
}

/** What is to be known before anybody signs. */
function isOfReach(found: Form["elements"][number]["found"]): boolean {
  return found === "classes" || found === "recipients" || found === "purposes" || found === "expiry";
}
