// Pages that are not there, or that could not be shown.
import { Anchor, Container } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTryAgain } from "../shared/after-trouble.ts";
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
  const tryAgain = useTryAgain(error);
  return (
    <Container py="xl">
      <Page title={t("trouble.title")}>
        <Trouble error={error} again={tryAgain} />
        <Anchor href="/home">{t("toHome")}</Anchor>
      </Page>
    </Container>
  );
}
