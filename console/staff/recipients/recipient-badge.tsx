// Whether anything may be sent to a third party.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Listed } from "./all-recipients.ts";

const COLOURS = { requested: "yellow", active: "green", suspended: "orange", ended: "gray" } as const;

export function RecipientBadge({ state }: Pick<Listed, "state">): ReactNode {
  const t = useTranslations("recipients");
  return (
    <Badge variant="dot" color={COLOURS[state]} tt="none" fw={500}>
      {t(`states.${state}`)}
    </Badge>
  );
}
