// A time as the reader writes times; the exact one stands in the markup.
import type { ReactNode } from "react";
import { useFormatter } from "use-intl";

export interface MomentProps {
  readonly at: string;
  readonly dateOnly?: boolean;
  readonly timeOnly?: boolean;
}

export function Moment({ at, dateOnly = false, timeOnly = false }: MomentProps): ReactNode {
  const format = useFormatter();
  const text = format.dateTime(new Date(at), {
    ...(timeOnly ? {} : { dateStyle: "medium" }),
    ...(dateOnly ? {} : { timeStyle: "short" }),
  });
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  );
}
