// What shows that it was signed: by whom and by what authority, when, on which paper, and what stands on it.
import { Checkbox, Select, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { shortId } from "../../shared/short-id.tsx";
import { ChooseDocument } from "./choose-document.tsx";
import type { FieldsProps } from "./expiry-field.tsx";

const CUSTOMER = "customer";

export function SignatureFields({
  customerId,
  form,
  draft,
  onChange,
}: FieldsProps & { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions");
  const language = useLanguage();
  const statements = form.elements.filter(({ found }) => found === null);
  return (
    <Stack gap="sm">
      <Signer
        customerId={customerId}
        value={draft.representationId}
        onChange={(representationId) => onChange({ ...draft, representationId })}
      />
      <TextInput
        type="date"
        label={t("capture.signed")}
        value={draft.signed}
        onChange={(event) => onChange({ ...draft, signed: event.currentTarget.value })}
      />
      <ChooseDocument
        customerId={customerId}
        kind="form"
        value={draft.documentId}
        onChange={(documentId) => onChange({ ...draft, documentId })}
      />
      <Checkbox.Group
        label={t("capture.statements")}
        description={t("capture.statementsHint")}
        value={[...draft.elements]}
        onChange={(elements) => onChange({ ...draft, elements })}
      >
        <Stack gap="xs" mt="xs">
          {statements.map(({ id, text, citation }) => (
            <Checkbox key={id} value={id} label={text[language]} description={citation} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  );
}

interface SignerProps {
  readonly customerId: string;
  readonly value: string | null;
  readonly onChange: (representationId: string | null) => void;
}

/** Only who has authority on file can sign for the customer. */
function Signer({ customerId, value, onChange }: SignerProps): ReactNode {
  const t = useTranslations("permissions");
  const may = useMay();
  const isOpen = may("representation.end");
  const found = useAsk("listRepresentations", { params: { customerId } }, { enabled: isOpen });
  const granted = (found.data?.items ?? []).filter(({ isGranted }) => isGranted);
  return (
    <Select
      label={t("capture.signer")}
      description={t("capture.signerHint")}
      allowDeselect={false}
      data={[
        { value: CUSTOMER, label: t("signer.customer") },
        ...granted.map(({ representationId, kind }) => ({
          value: representationId,
          label: `${t("signer.representative")}: ${t(`authorities.${kind}`)} (${shortId(representationId)})`,
        })),
      ]}
      value={value ?? CUSTOMER}
      onChange={(chosen) => onChange(chosen === CUSTOMER ? null : chosen)}
    />
  );
}
