// How the platform stands, for those who answer for it: what is set up weakly, keys and erasures, the log's size.
import { Anchor, Badge, Card, Group, List, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";

export function Posture(): ReactNode {
  const t = useTranslations("home");
  const may = useMay();
  const parts = [may("finding.list") && <Findings key="findings" />, may("key.read") && <Keys key="keys" />].filter(
    Boolean,
  );
  if (parts.length === 0) return null;
  return (
    <Card withBorder>
      <Title order={2} mb="sm">
        {t("posture.title")}
      </Title>
      {parts}
    </Card>
  );
}

function Findings(): ReactNode {
  const t = useTranslations("home");
  const findings = useAsk("listFindings", {});
  return (
    <Answered of={findings}>
      {({ items }) => {
        const serious = items.filter(({ severity }) => severity === "serious").length;
        return (
          <Group justify="space-between" mb="xs">
            <Anchor component={Link} to="/settings" size="sm">
              {t("posture.findings", { count: items.length })}
            </Anchor>
            <Badge variant="light" tt="none" color={serious > 0 ? "red" : items.length > 0 ? "yellow" : "green"}>
              {serious > 0
                ? t("posture.serious", { count: serious })
                : items.length > 0
                  ? t("posture.look")
                  : t("posture.well")}
            </Badge>
          </Group>
        );
      }}
    </Answered>
  );
}

function Keys(): ReactNode {
  const t = useTranslations("home");
  const format = useFormatter();
  const keys = useAsk("showKeyState", {});
  return (
    <Answered of={keys}>
      {({ versions, erasures }) => {
        const retiring = versions.filter(({ state }) => state === "retiring").length;
        const newest = versions
          .map(({ createdAt }) => createdAt)
          .toSorted()
          .at(-1);
        return (
          <List size="sm" listStyleType="none" spacing={4}>
            <List.Item>{t("posture.erasures", { count: erasures.waiting })}</List.Item>
            <List.Item>{t("posture.retiring", { count: retiring })}</List.Item>
            {newest !== undefined && (
              <List.Item>
                <Text size="sm" c="dimmed">
                  {t("posture.rotated", { at: format.dateTime(new Date(newest), { dateStyle: "medium" }) })}
                </Text>
              </List.Item>
            )}
          </List>
        );
      }}
    </Answered>
  );
}
