// Why lines are refused, in plain words; a code that nobody has worded is shown as it is.
import { useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { legible } from "../in-hand/readable.ts";

export interface Reasons {
  /** `record.field`, or a word for what is no field. */
  field(field: string): string;
  reason(code: string): string;
}

export function useReasons(): Reasons {
  const t = useTranslations("imports");
  const names = useFieldNames();
  return {
    field: (field) => {
      if (field.includes(".")) return names.field(field);
      const key = `parts.${field}` as "parts.row";
      return t.has(key) ? t(key) : legible(field);
    },
    reason: (code) => {
      const key = `reasons.${code}` as "reasons.missing";
      return t.has(key) ? t(key) : legible(code);
    },
  };
}
