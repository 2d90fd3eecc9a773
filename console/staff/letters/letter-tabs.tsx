// Letters, and the rounds of notices that queue most of them.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Tabs } from "../governing/tabs.tsx";

export function LetterTabs(): ReactNode {
  const t = useTranslations("letters.tabs");
  return (
    <Tabs
      label={t("label")}
      of={[
        { to: "/letters", name: t("letters") },
        { to: "/letters/notices", name: t("rounds") },
      ]}
    />
  );
}
