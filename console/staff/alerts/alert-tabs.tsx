// The pages about alerts.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../shared/session.ts";
import { Tabs } from "../governing/tabs.tsx";

export function AlertTabs(): ReactNode {
  const t = useTranslations("alerts");
  const may = useMay();
  return (
    <Tabs
      label={t("title")}
      of={[
        { to: "/alerts", name: t("queue"), isOffered: may("alert.list") },
        { to: "/alerts/catastrophes", name: t("modes.title"), isOffered: may("catastrophe.list") },
        { to: "/alerts/canaries", name: t("canaries.title"), isOffered: may("canary.list") },
      ]}
    />
  );
}
