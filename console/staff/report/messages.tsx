// What was written in a report, one after the other, by whom as far as is known: the desk, or whoever reported.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";

type Message = AnswerOf<"readReportByReceipt">["messages"][number];

export function Messages({ of }: { readonly of: readonly Message[] }): ReactNode {
  const t = useTranslations("report");
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
      {of.map(({ kind, isDesk, at, text }) => (
        <Card component="li" withBorder key={at + kind} padding="sm">
          <Group justify="space-between" mb={4}>
            <Text size="sm" fw={600}>
              {isDesk ? t("desk") : t("reporter")} · {t(`kinds.${kind}`)}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={at} />
            </Text>
          </Group>
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {text}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}
