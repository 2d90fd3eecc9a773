// The language of these pages, and of our letters.
import { Select } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { chooseLanguage, type Language, LANGUAGE_NAMES, LANGUAGES, useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { Section } from "./section.tsx";

export function LanguageChoice(): ReactNode {
  const t = useTranslations("portal-settings");
  const language = useLanguage();
  const former = useRef(language);
  const set = useAct("setOwnPreferences", {
    changes: ["getPortalSession"],
    undo: () => {
      const before = former.current;
      const back = counter(t("language.set"), "setOwnPreferences", { body: { language: before } });
      return { ...back, onUndone: () => chooseLanguage(before) };
    },
  });
  const choose = async (chosen: Language): Promise<void> => {
    former.current = language;
    await chooseLanguage(chosen);
    set.mutate({ body: { language: chosen } });
  };
  return (
    <Section title={t("language.title")} lead={t("language.lead")}>
      <Trouble error={set.error} />
      <Select
        label={t("language.label")}
        maw="20rem"
        allowDeselect={false}
        value={language}
        data={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
        onChange={(value) => void choose(LANGUAGES.find((each) => each === value) ?? language)}
      />
    </Section>
  );
}
