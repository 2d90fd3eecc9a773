// Who sees what, and what waits for a signature, beside each other.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Tabs } from "../governing/tabs.tsx";

export function RuleTabs(): ReactNode {
  const t = useTranslations("matrix.tabs");
  return (
    <Tabs
      label={t("label")}
      of={[
        { to: "/access/matrix", name: t("matrix") },
        { to: "/access/signatures", name: t("signatures") },
      ]}
    />
  );
}
