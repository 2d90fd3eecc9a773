// What one asked for under one's rights, and how each stands.
import { Anchor, Card, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Due } from "../../shared/rights/due.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { isAnswered } from "./answered-states.ts";

export function OwnRights(): ReactNode {
  const t = useTranslations("portal-rights");
  const w = useTranslations("rights-words");
  const { data, error, refetch } = useAsk("listOwnRights", {});
  if (data?.items.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-labelledby="mine">
      <Title order={2} id="mine">
        {t("requests.mine")}
      </Title>
      <Trouble error={error} again={refetch} />
      {data?.items.map(({ requestId, kind, state, receivedAt, due }) => (
        <Card withBorder key={requestId}>
          <Group justify="space-between" align="start">
            <div>
              <Anchor component={Link} to={`/rights/${requestId}`} fw={600} py={10} display="inline-block">
                {w(`kinds.${kind}`)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t.rich("requests.asked", { at: () => <Moment at={receivedAt} dateOnly /> })}
              </Text>
            </div>
            {isAnswered(state) ? (
              <Text>{w(`states.${state}`)}</Text>
            ) : (
              <Due daysLeft={due.daysLeft} what={due.what} isStopped={due.isStopped} on={due.on} />
            )}
          </Group>
        </Card>
      ))}
    </Stack>
  );
}
