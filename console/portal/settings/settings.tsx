// One's own settings: language, where one is written to, passkeys, and where one is signed in.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PlacePage } from "../place-page.tsx";
import { LanguageChoice } from "./language.tsx";
import { Reach } from "./reach.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Sessions } from "./sessions.tsx";

export function Settings(): ReactNode {
  const t = useTranslations("portal-settings");
  return (
    <PlacePage title={t("title")}>
      <LanguageChoice />
      <Reach />
      <Passkeys />
      <Sessions />
    </PlacePage>
  );
}
