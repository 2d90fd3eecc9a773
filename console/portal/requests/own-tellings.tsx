// Who is told of what was corrected, of what one disputes, and of what one no longer permits.
import { Card, List, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useMessages, useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";

export function OwnTellings({ serves }: { readonly serves?: string }): ReactNode {
  const t = useTranslations("portal-rights.tellings");
  const types: Readonly<Record<string, string>> = useMessages().words.recipients;
  const { data, error, refetch } = useAsk("listOwnTellings", {});
  const items = data?.items.filter(({ servesId }) => serves === undefined || servesId === serves) ?? [];
  if (items.length === 0) return <Trouble error={error} again={refetch} />;
  return (
    <Card withBorder component="section" aria-labelledby="tellings">
      <Title order={2} id="tellings">
        {t("title")}
      </Title>
      <Text mt={4} c="dimmed">
        {t("lead")}
      </Text>
      <List mt="sm" spacing="sm" listStyleType="none">
        {items.map(({ servesId, of, name, type, state, givenAt, toldAt, madeAt }) => (
          <List.Item key={`${servesId} ${name ?? type ?? ""} ${givenAt ?? madeAt}`}>
            <Text fw={600}>{name ?? (type === null ? t("others") : (types[type] ?? type))}</Text>
            <Text size="sm">
              {t(`of.${of}`)}
              {": "}
              {toldAt === null ? t(`open.${state === "queued" ? "queued" : "by-hand"}`) : null}
              {toldAt !== null && t.rich("told", { at: () => <Moment at={toldAt} dateOnly /> })}
            </Text>
            {givenAt !== null && (
              <Text size="sm" c="dimmed">
                {t.rich("given", { at: () => <Moment at={givenAt} dateOnly /> })}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
