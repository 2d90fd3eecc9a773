// A value as the reader writes such things: dates, money and yes or no; everything else as it is.
import { useFormatter, useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";

/** Codes of closed lists are words with dashes between. */
export function legible(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `type` as the schema calls it. Whatever does not read as one stays as it came. */
export function useReadable(): (value: string, field: { readonly path: string; readonly type: string }) => string {
  const format = useFormatter();
  const t = useTranslations("work");
  const names = useFieldNames();
  return (value, { path, type }) => {
    if (type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value))
      return format.dateTime(new Date(`${value}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
    const money = type === "money" ? /^([A-Z]{3}) (-?\d+(?:\.\d+)?)$/.exec(value) : null;
    if (money !== null) return format.number(Number(money[2]), { style: "currency", currency: money[1]! });
    if (type === "boolean" && (value === "true" || value === "false")) return t(value === "true" ? "yes" : "no");
    if (type === "code") return names.code(path, value) ?? legible(value);
    return value;
  };
}
