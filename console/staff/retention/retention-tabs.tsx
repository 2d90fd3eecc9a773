// The pages about what is kept and what may go.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../shared/session.ts";
import { Tabs } from "../governing/tabs.tsx";

export function RetentionTabs(): ReactNode {
  const t = useTranslations("disposals.tabs");
  const may = useMay();
  const isOffered = may("disposal.read");
  return (
    <Tabs
      label={t("label")}
      of={[
        { to: "/retention", name: t("holds") },
        { to: "/retention/disposals", name: t("disposals"), isOffered },
        { to: "/retention/schedule", name: t("schedule"), isOffered },
      ]}
    />
  );
}
