// Home: what needs whoever works here.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../../shared/session.ts";

export function Home(): ReactNode {
  const t = useTranslations("common");
  const { name } = useSession();
  return <Page title={t("welcome", { name })}>{null}</Page>;
}
