// A place to go to: large, with what is there in a sentence.
import { Card, Group, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Place } from "../places.ts";
import classes from "./place-card.module.css";

export function PlaceCard({ to, name, icon: Icon }: Place): ReactNode {
  const t = useTranslations("portal");
  return (
    <Card withBorder component={Link} to={to} padding="md" className={classes["card"]}>
      <Group wrap="nowrap" gap="md">
        <Icon size={28} aria-hidden style={{ flexShrink: 0 }} />
        <div style={{ flex: 1 }}>
          <Text fw={600} size="lg">
            {t(`places.${name}.title`)}
          </Text>
          <Text c="dimmed">{t(`places.${name}.text`)}</Text>
        </div>
        <IconChevronRight aria-hidden style={{ flexShrink: 0 }} />
      </Group>
    </Card>
  );
}
