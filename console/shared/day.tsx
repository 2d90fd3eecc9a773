// A day without a time, wherever the reader is: as a law's clock counts it.
import type { ReactNode } from "react";
import { useFormatter } from "use-intl";

/** `on` as 2026-02-28. */
export function Day({ on }: { readonly on: string }): ReactNode {
  const format = useFormatter();
  return (
    <time dateTime={on}>{format.dateTime(new Date(`${on}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })}</time>
  );
}
