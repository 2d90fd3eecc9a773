// Permissions, choices and privacy notices on one page: what we may do with somebody's information, in their hands.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PlacePage } from "../place-page.tsx";
import { OwnAuthorizations } from "./authorizations.tsx";
import { OwnChoices } from "./choices.tsx";
import { OwnNotices } from "./notices.tsx";

export function Permissions(): ReactNode {
  const t = useTranslations("portal-permissions");
  return (
    <PlacePage title={t("title")} lead={t("lead")}>
      <OwnAuthorizations />
      <OwnChoices />
      <OwnNotices />
    </PlacePage>
  );
}
