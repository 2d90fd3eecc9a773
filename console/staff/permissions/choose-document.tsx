// The paper that something rests on: a document of the customer, from those on file, or one that is taken in now and sealed in their file.
import { Checkbox, FileInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { paperTypeOf } from "../../../contract/file-endings.ts";
import { useAct } from "../../shared/act.ts";
import { isNotFound } from "../../shared/refused.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { shortId } from "../../shared/short-id.tsx";
import { maskedLine } from "../customers/masked-line.ts";
import { type MaskedView, useMaskedView } from "../customers/use-masked-view.ts";

export interface ChooseDocumentProps {
  readonly customerId: string;
  /** Of the schema's kinds of documents. */
  readonly kind: "form" | "letter" | "other";
  readonly value: string | null;
  readonly onChange: (recordId: string | null) => void;
}

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function ChooseDocument(props: ChooseDocumentProps): ReactNode {
  const t = useTranslations("permissions.document");
  const may = useMay();
  const { customerId, value, onChange } = props;
  const found = useMaskedView(customerId);
  const documents = documentsOf(found.data);
  const [fresh, setFresh] = useState<string | null>(null);
  const isListed = fresh === null || documents.some((one) => one.value === fresh);
  const known = isListed ? documents : [{ value: fresh, label: t("fresh", { id: shortId(fresh) }) }, ...documents];
  return (
    <Stack gap="xs">
      <Trouble error={isNotFound(found.error) ? null : found.error} />
      {known.length > 0 ? (
        <Select label={t("label")} description={t("hint")} clearable data={known} value={value} onChange={onChange} />
      ) : (
        <TextInput
          label={t("byId")}
          description={t("byIdHint")}
          spellCheck={false}
          autoComplete="off"
          defaultValue={value ?? ""}
          onChange={(event) =>
            onChange(ID.test(event.currentTarget.value.trim()) ? event.currentTarget.value.trim() : null)
          }
        />
      )}
      {may("document.file") && (
        <TakeIn
          {...props}
          onChange={(recordId) => {
            setFresh(recordId);
            onChange(recordId);
          }}
        />
      )}
    </Stack>
  );
}

function documentsOf(view: MaskedView | undefined): { readonly value: string; readonly label: string }[] {
  const records = view?.units.flatMap((unit) => unit.records) ?? [];
  return records
    .filter(({ type }) => type === "document")
    .map(({ recordId, fields }) => {
      const masks = Object.fromEntries(fields.map(({ field, value }) => [field, value ?? ""] as const));
      const words = [masks["document.received-on"], maskedLine(masks)].filter((word) => (word ?? "").trim() !== "");
      return { value: recordId, label: [...words, shortId(recordId)].join(" · ") };
    });
}

/** Sealed whole in the customer's file. Its name may speak of the customer and stays here. */
function TakeIn({ customerId, kind, onChange }: ChooseDocumentProps): ReactNode {
  const t = useTranslations("permissions.document");
  const [isTheirs, setTheirs] = useState(false);
  const add = useAct("fileDocument", { changes: ["viewCustomerMasked"], onDone: ({ recordId }) => onChange(recordId) });
  const take = (file: File | null): void => {
    if (file === null) return;
    const mediaType = paperTypeOf(file.type);
    const handedInBy = isTheirs ? "customer" : "others";
    add.mutate({ params: { customerId }, query: { kind, mediaType, handedInBy }, body: file });
  };
  return (
    <>
      <Checkbox
        label={t("theirs")}
        description={t("theirsHint")}
        checked={isTheirs}
        onChange={(event) => setTheirs(event.currentTarget.checked)}
      />
      <FileInput
        label={t("takeIn")}
        description={t("takeInHint")}
        accept="application/pdf,image/*,text/plain"
        disabled={add.isPending}
        onChange={take}
      />
      {add.data !== undefined && (
        <Text size="sm" role="status">
          {t("taken")}
        </Text>
      )}
      <Trouble error={add.error} />
    </>
  );
}
