// Packages and tokens beside each other.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Tabs } from "../governing/tabs.tsx";

export function SharingTabs(): ReactNode {
  const t = useTranslations("sharing.tabs");
  return (
    <Tabs
      label={t("label")}
      of={[
        { to: "/sharing", name: t("packages") },
        { to: "/sharing/tokens", name: t("tokens") },
      ]}
    />
  );
}
