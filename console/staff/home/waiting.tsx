// What waits for somebody, the most urgent first, each leading to where it is done.
import { Anchor, Badge, Group, List, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Empty } from "../../shared/empty.tsx";
import { Day } from "../../shared/day.tsx";
import { Moment } from "../../shared/moment.tsx";

type Work = AnswerOf<"listWork">;
type Item = Work["waiting"][number];

/** Where each is done; null where it is done by itself, or beside the customer it is about. */
const PLACES: Readonly<Record<Item["kind"], ((item: Item) => string) | null>> = {
  grant: () => "/access/requests",
  "break-glass": () => "/access/requests",
  staff: ({ principalId }) => `/people/${principalId}`,
  reset: () => "/people",
  client: () => "/clients",
  alert: ({ id }) => `/alerts/${id}`,
  review: ({ id }) => `/reviews/${id}`,
  change: ({ customerId }) => `/customers/${customerId}/records`,
  "call-back": () => "/access/requests",
  representation: ({ customerId }) => `/customers/${customerId}`,
  catastrophe: () => "/alerts/catastrophes",
  erasure: null,
  key: null,
  right: ({ id }) => `/rights/${id}`,
  demand: ({ id }) => `/demands/${id}`,
  "demand-notice": ({ id }) => `/demands/${id}`,
  dilemma: ({ id }) => `/ethics/${id}`,
  disposal: () => "/retention",
  "notice-round": ({ id }) => `/letters/notices/${id}`,
  "retention-maximum": () => "/retention/disposals",
  letter: () => "/letters",
  telling: () => "/tellings",
  contract: ({ id }) => `/recipients/${id}`,
  authorization: ({ customerId }) => `/customers/${customerId}`,
};

/** undefined where it is done by itself. */
export function placeOf(item: Item): string | undefined {
  return PLACES[item.kind]?.(item);
}

export function Waiting({ waiting, isCut }: Pick<Work, "waiting" | "isCut">): ReactNode {
  const t = useTranslations("home");
  if (waiting.length === 0) return <Empty>{t("nothingWaits")}</Empty>;
  return (
    <>
      <List listStyleType="none" spacing="xs">
        {waiting.map((item) => (
          <List.Item key={`${item.kind} ${item.id} ${item.what}`}>
            <Group justify="space-between" wrap="nowrap">
              <Leading item={item} />
              <When item={item} />
            </Group>
          </List.Item>
        ))}
      </List>
      {isCut && (
        <Text size="sm" c="dimmed" mt="sm">
          {t("isCut")}
        </Text>
      )}
    </>
  );
}

function Leading({ item }: { readonly item: Item }): ReactNode {
  const t = useTranslations("home");
  const to = placeOf(item);
  const text = t(`kinds.${item.kind}`);
  return (
    <Text size="sm">
      {to === undefined ? (
        text
      ) : (
        <Anchor component={Link} to={to}>
          {text}
        </Anchor>
      )}{" "}
      {item.count > 1 && <Badge variant="default">{t("lines", { count: item.count })}</Badge>}
    </Text>
  );
}

function When({ item: { since, dueAt, dueOn } }: { readonly item: Item }): ReactNode {
  const t = useTranslations("home");
  const isLate = dueAt !== null && Date.parse(dueAt) < Date.now();
  if (dueAt === null && since === null) return null;
  return (
    <Text size="xs" c={isLate ? "red.8" : "dimmed"} fw={isLate ? 600 : undefined}>
      {dueAt === null
        ? t.rich("since", { at: () => <Moment at={since!} dateOnly /> })
        : t.rich("due", { at: () => (dueOn === null ? <Moment at={dueAt} /> : <Day on={dueOn} />) })}
    </Text>
  );
}
