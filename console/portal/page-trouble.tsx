// Pages that are not there, or that could not be shown.
import { Button, Container } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTryAgain } from "../shared/after-trouble.ts";
import { Page } from "../shared/page.tsx";
import { Trouble } from "../shared/trouble.tsx";

export function NotFound(): ReactNode {
  const t = useTranslations("common");
  return (
    <Container size="40rem" py="xl">
      <Page title={t("notFound.title")} lead={t("notFound.lead")}>
        <ToStart />
      </Page>
    </Container>
  );
}

export function PageTrouble({ error }: { readonly error: unknown }): ReactNode {
  const t = useTranslations("common");
  const tryAgain = useTryAgain(error);
  return (
    <Container size="40rem" py="xl">
      <Page title={t("trouble.title")}>
        <Trouble error={error} again={tryAgain} />
        <ToStart />
      </Page>
    </Container>
  );
}

function ToStart(): ReactNode {
  const t = useTranslations("common");
  return (
    <Button component="a" href="/portal" variant="default" w="fit-content">
      {t("toHome")}
    </Button>
  );
}
