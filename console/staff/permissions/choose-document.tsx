// The paper that something rests on: a document of the customer, from those on file, or one that is taken in now and sealed in their file.
import { FileInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
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
  const known =
    fresh === null ? documents : [{ value: fresh, label: t("fresh", { id: shortId(fresh) }) }, ...documents];
  return (
    <Stack gap="xs">
      <Trouble error={found.error} />
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
      {may("customer.create") && found.data !== undefined && (
        <TakeIn
          {...props}
          view={found.data}
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

/** Its digest is taken here, and kept with it: what is filed elsewhere can be held against it. Its name may speak of the customer and stays here. */
function TakeIn({ customerId, kind, view, onChange }: ChooseDocumentProps & { readonly view: MaskedView }): ReactNode {
  const t = useTranslations("permissions.document");
  const add = useAct("addRecord", { onDone: ({ records }) => onChange(records[0]?.recordId ?? null) });
  const unit = view.units.find((one) => one.kind === "relationship") ?? view.units[0];
  if (unit === undefined) return null;
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const digest = await digestOf(file);
    const fields = {
      kind,
      digest,
      "size-bytes": String(file.size),
      "received-on": new Date().toISOString().slice(0, "2026-01-01".length),
      ...(file.type === "" ? {} : { "media-type": file.type }),
    };
    add.mutate({ params: { customerId }, body: { unitId: unit.unitId, type: "document", fields } });
  };
  return (
    <>
      <FileInput
        label={t("takeIn")}
        description={t("takeInHint")}
        accept="application/pdf,image/*"
        disabled={add.isPending}
        onChange={(file) => void take(file)}
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

async function digestOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
