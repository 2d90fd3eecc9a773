// Pages that are not there, or that could not be shown.
import { Anchor, Container } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../shared/page.tsx";
import { Trouble } from "../shared/trouble.tsx";

export function NotFound(): ReactNode {
  const t = useTranslations("common");
  return (
    <Container py="xl">
      <Page title={t("notFound.title")} lead={t("notFound.lead")}>
        <Anchor href="/home">{t("toHome")}</Anchor>
      </Page>
    </Container>
  );
}

export function PageTrouble({ error }: { readonly error: unknown }): ReactNode {
  const t = useTranslations("common");
  const router = useRouter();
  return (
    <Container py="xl">
      <Page title={t("trouble.title")}>
        <Trouble error={error} again={() => router.invalidate()} />
        <Anchor href="/home">{t("toHome")}</Anchor>
      </Page>
    </Container>
  );
}
