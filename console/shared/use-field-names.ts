// Names of fields and records for the page that is shown.
import { useMemo } from "react";
import { useLocale, useMessages } from "use-intl";
import { type FieldNames, fieldNames, type NamesOfCodes, type NamesOfRecords } from "./field-names.ts";

/** Speaks the reader's language where the page has loaded the topics `fields` and `codes`. */
export function useFieldNames(): FieldNames {
  const isEnglish = useLocale().startsWith("en");
  const { fields, codes } = useMessages() as { readonly fields?: NamesOfRecords; readonly codes?: NamesOfCodes };
  return useMemo(() => fieldNames(fields ?? {}, isEnglish, codes), [fields, isEnglish, codes]);
}
