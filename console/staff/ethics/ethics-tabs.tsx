// The pages of the ethics desk.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../shared/session.ts";
import { Tabs } from "../governing/tabs.tsx";

export function EthicsTabs(): ReactNode {
  const t = useTranslations("ethics");
  const may = useMay();
  return (
    <Tabs
      label={t("title")}
      of={[
        { to: "/ethics", name: t("dilemmas"), isOffered: true },
        { to: "/ethics/reports", name: t("reports"), isOffered: may("report.read") },
      ]}
    />
  );
}
