// Chooses the language, from its own name.
import { Box, Button, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage } from "./texts.tsx";

export function LanguageMenu(): ReactNode {
  const t = useTranslations("common");
  const language = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="sm" px="xs" aria-label={t("language", { name: LANGUAGE_NAMES[language] })}>
          <IconLanguage size={18} aria-hidden />
          {/* On a phone the sign alone: a short form of the name is not in what is read out (WCAG 2.5.3). */}
          <Box component="span" visibleFrom="xs" ml={6}>
            {LANGUAGE_NAMES[language]}
          </Box>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((each) => (
          <Menu.Item key={each} lang={each} onClick={() => void chooseLanguage(each)} aria-current={each === language}>
            {LANGUAGE_NAMES[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
