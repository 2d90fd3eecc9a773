// Whether somebody's, or a client's, rights are in force.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Person } from "./people.ts";

const COLOURS = {
  pending: "yellow",
  active: "green",
  "on-leave": "yellow",
  suspended: "orange",
  revoked: "gray",
} as const;

export function StatusBadge({ status }: Pick<Person, "status">): ReactNode {
  const t = useTranslations("governing");
  return (
    <Badge variant="light" color={COLOURS[status]} tt="none">
      {t(`status.${status}`)}
    </Badge>
  );
}
