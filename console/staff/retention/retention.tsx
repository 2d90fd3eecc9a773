// Legal holds, and what of packages waits for a second person.
import { Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useMay } from "../../shared/session.ts";
import { Holds } from "./holds.tsx";
import { Packages } from "./packages.tsx";
import { PlaceHold } from "./place-hold.tsx";
import { RetentionTabs } from "./retention-tabs.tsx";

export function RetentionPage(): ReactNode {
  const t = useTranslations("retention");
  const may = useMay();
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("hold.place") && <PlaceHold />}>
      <RetentionTabs />
      <Stack gap="lg">
        {may("hold.read") && (
          <section aria-label={t("holds.title")}>
            <Title order={2} mb="sm">
              {t("holds.title")}
            </Title>
            <Holds />
          </section>
        )}
        {may("data-copy.read") && (
          <section aria-label={t("packages.title")}>
            <Title order={2} mb="sm">
              {t("packages.title")}
            </Title>
            <Packages />
          </section>
        )}
      </Stack>
    </Page>
  );
}
