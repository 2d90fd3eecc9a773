// A request in a few words.
import { useFormatter, useTranslations } from "use-intl";
import { useNames } from "../governing/choices.ts";
import type { Grant } from "./request-columns.tsx";

export function useSummary(): (grant: Grant) => string {
  const t = useTranslations("requests");
  const name = useNames();
  const format = useFormatter();
  return ({ lends, about }) => {
    if (lends !== null)
      return t("lends", { role: name.role(lends.role), purposes: format.list(lends.purposes.map(name.purpose)) });
    if (about !== null)
      return t("about", {
        classes: format.list(about.classes.map(name.dataClass)),
        purpose: name.purpose(about.purpose),
      });
    return t("anybody");
  };
}
