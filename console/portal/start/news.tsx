// What is new: answers to questions that the customer has not closed.
import { Alert, Anchor, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useCaseStates } from "../cases/case-states.ts";

export function News(): ReactNode {
  const t = useTranslations("portal");
  const answered = useCaseStates().data?.filter(({ state }) => state === "answered").length ?? 0;
  if (answered === 0) return null;
  return (
    <Alert icon={<IconBell aria-hidden />} title={t("new.title")}>
      <Text>{t("new.answered", { count: answered })}</Text>
      <Anchor component={Link} to="/who-looked" py={10} display="inline-block">
        {t("new.read")}
      </Anchor>
    </Alert>
  );
}
