// The fields of one record to be corrected: each by its name, with what stands there now, masked.
import { Select, SimpleGrid, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useSchema } from "../customers/schema.ts";

export interface FieldsProps {
  readonly record: {
    readonly type: string;
    readonly fields: readonly { readonly field: string; readonly value?: string | null | undefined }[];
  };
  /** By the record's own field names. */
  readonly typed: Readonly<Record<string, string>>;
  readonly onTyped: (typed: Record<string, string>) => void;
  /** What stands there now is not shown to whoever types, nor whether anything does. */
  readonly isUnseen?: boolean;
}

/** Those that hold something, and whichever others are added. */
export function FieldsToCorrect({ record, typed, onTyped, isUnseen = false }: FieldsProps): ReactNode {
  const t = useTranslations("corrections");
  const { recordTypes } = useSchema();
  const [added, setAdded] = useState<readonly string[]>([]);
  const isTyped = (path: string): boolean => typed[nameOf(path)] !== undefined;
  const held = new Map(record.fields.map(({ field, value }) => [field, value]));
  const all = recordTypes.find(({ name }) => name === record.type)?.fields ?? [];
  const shown = all.filter(({ path }) => held.has(path) || added.includes(path) || isTyped(path));
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {shown.map(({ path, label }) => (
          <TextInput
            key={path}
            label={label}
            {...(isUnseen ? {} : { description: t("now", { value: held.get(path) ?? t("empty") }) })}
            autoComplete="off"
            spellCheck={false}
            value={typed[nameOf(path)] ?? ""}
            onChange={(event) => onTyped({ ...typed, [nameOf(path)]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      <Select
        label={t(isUnseen ? "addUnseen" : "add")}
        searchable
        data={all.filter((field) => !shown.includes(field)).map(({ path, label }) => ({ value: path, label }))}
        value={null}
        onChange={(path) => path !== null && setAdded([...added, path])}
      />
    </>
  );
}

const nameOf = (path: string): string => path.slice(path.indexOf(".") + 1);
