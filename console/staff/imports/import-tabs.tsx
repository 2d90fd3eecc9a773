// Imports and the mappings they are made with, beside each other.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Tabs } from "../governing/tabs.tsx";

export function ImportTabs(): ReactNode {
  const t = useTranslations("imports");
  return (
    <Tabs
      label={t("title")}
      of={[
        { to: "/imports", name: t("title") },
        { to: "/imports/mappings", name: t("mappings.title") },
      ]}
    />
  );
}
