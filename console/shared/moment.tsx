// A time as the reader writes times; the exact one stands in the markup.
import type { ReactNode } from "react";
import { useFormatter } from "use-intl";

export function Moment({ at, dateOnly = false }: { readonly at: string; readonly dateOnly?: boolean }): ReactNode {
  const format = useFormatter();
  const text = format.dateTime(
    new Date(at),
    dateOnly ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" },
  );
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  );
}
