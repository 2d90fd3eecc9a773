// Names of fields and records for the page that is shown.
import { useMemo } from "react";
import { useLocale, useMessages } from "use-intl";
import { type FieldNames, fieldNames, type NamesOfRecords } from "./field-names.ts";

/** Speaks the reader's language where the page has loaded the topic `fields`. */
export function useFieldNames(): FieldNames {
  const isEnglish = useLocale().startsWith("en");
  const { fields } = useMessages() as { readonly fields?: NamesOfRecords };
  return useMemo(() => fieldNames(fields ?? {}, isEnglish), [fields, isEnglish]);
}
