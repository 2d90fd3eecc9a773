// Light, dark, or as the system has it.
import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun, IconSunMoon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const NEXT = { auto: "light", light: "dark", dark: "auto" } as const;
const ICONS = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;

export function SchemeToggle(): ReactNode {
  const t = useTranslations("common");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = ICONS[colorScheme];
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={t(`scheme.${colorScheme}`)}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon size={20} aria-hidden />
    </ActionIcon>
  );
}
