// By when: in words, and in a colour that says the same.
import { Badge, Group, Text } from "@mantine/core";
import { IconCircleFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Day } from "../day.tsx";

export interface DueProps {
  readonly daysLeft: number;
  readonly what: "acknowledgement" | "answer" | "appeal";
  readonly isStopped: boolean;
  /** As 2026-02-28; left out where the column beside it says so. */
  readonly on?: string;
}

const SOON_DAYS = 7;

export function Due({ daysLeft, what, isStopped, on }: DueProps): ReactNode {
  const t = useTranslations("rights-words");
  const color = isStopped ? "gray" : daysLeft < 0 ? "red" : daysLeft <= SOON_DAYS ? "orange" : "teal";
  return (
    <Group gap="xs">
      <Badge
        variant="default"
        tt="none"
        size="lg"
        leftSection={<IconCircleFilled size={10} aria-hidden color={`var(--mantine-color-${color}-6)`} />}
      >
        {isStopped ? t("stopped") : daysLeft < 0 ? t("overdue", { days: -daysLeft }) : t("left", { days: daysLeft })}
      </Badge>
      <Text span size="sm" c="dimmed">
        {t(`dueWhat.${what}`)}
        {on !== undefined && (
          <>
            {", "}
            <Day on={on} />
          </>
        )}
      </Text>
    </Group>
  );
}
