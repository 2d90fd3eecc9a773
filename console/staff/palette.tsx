// The command palette: every place by its name, from the keyboard (Ctrl or Command and K).
import { Spotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { usePlaces } from "./frame.tsx";
import { useSignOut } from "./sign-out.ts";

export function Palette(): ReactNode {
  const t = useTranslations("common");
  const navigate = useNavigate();
  const signOut = useSignOut();
  const places = usePlaces();
  return (
    <Spotlight
      shortcut={["mod + K"]}
      nothingFound={t("palette.nothing")}
      searchProps={{ placeholder: t("palette.search"), "aria-label": t("palette.search") }}
      actions={[
        ...places.map(({ to, name, keys, icon: Icon }) => ({
          id: to,
          label: t(`places.${name}`),
          description: t("palette.keys", { keys }),
          leftSection: <Icon size={18} aria-hidden />,
          onClick: () => void navigate({ to }),
        })),
        { id: "sign-out", label: t("signOut"), onClick: () => void signOut() },
      ]}
    />
  );
}
