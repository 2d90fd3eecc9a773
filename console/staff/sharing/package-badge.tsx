// What became of a package.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "./packages.tsx";

const COLOURS = { waiting: "blue", "picked-up": "green", revoked: "gray", expired: "orange" } as const;

export function PackageBadge({ state }: Pick<Face, "state">): ReactNode {
  const t = useTranslations("sharing");
  return (
    <Badge variant="dot" color={COLOURS[state]} tt="none" fw={500}>
      {t(`states.${state}`)}
    </Badge>
  );
}
