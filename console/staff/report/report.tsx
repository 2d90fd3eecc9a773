// Reporting something wrong without a name, and coming back by the receipt code. What is typed lives in this page alone.
import { SegmentedControl, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { NewReport } from "./new-report.tsx";
import { OldReport } from "./old-report.tsx";

export function Report(): ReactNode {
  const t = useTranslations("report");
  const [mode, setMode] = useState("new");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t("title")}
          value={mode}
          onChange={setMode}
          data={[
            { value: "new", label: t("new") },
            { value: "old", label: t("old") },
          ]}
        />
        {mode === "new" ? <NewReport /> : <OldReport />}
        <Text size="xs" c="dimmed">
          {t("law")}
        </Text>
      </Stack>
    </Page>
  );
}
