// Letters by how far they are: what waits, what could not be printed and why, what was posted, what came back.
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Confirmed } from "../governing/confirmed.tsx";
import { LetterActs } from "./letter-acts.tsx";

export type Letter = AnswerOf<"listLetters">["items"][number];
type State = Letter["state"];

const STATES: readonly State[] = ["waiting", "held", "in-batch", "posted", "returned"];

export function Queue(): ReactNode {
  const t = useTranslations("letters");
  const [state, setState] = useState<State>("waiting");
  const counts = useAsk("countLetters", {});
  const { rows, data, error, refetch, more } = usePages("listLetters", { query: { state, limit: 50 } });
  const columns = useColumns();
  return (
    <Stack>
      <Group style={{ overflowX: "auto" }}>
        <SegmentedControl
          aria-label={t("queue.states")}
          value={state}
          onChange={(value) => setState(value as State)}
          data={STATES.map((value) => ({
            value,
            label: `${t(`states.${value}`)}${counts.data === undefined ? "" : ` (${counts.data[value]})`}`,
          }))}
        />
      </Group>
      <Trouble error={error} again={refetch} />
      {data === undefined ? (
        <Text c="dimmed">{t("queue.looking")}</Text>
      ) : (
        <DataTable
          label={t("queue.title")}
          rows={rows}
          rowKey={({ letterId }) => letterId}
          columns={columns}
          empty={t("queue.empty")}
          more={more}
        />
      )}
    </Stack>
  );
}

function useColumns(): readonly Column<Letter>[] {
  const t = useTranslations("letters");
  return [
    {
      key: "kind",
      title: t("queue.kind"),
      cell: ({ kind, law }) => (
        <Stack gap={2} align="start">
          {t(`kinds.${kind}`)}
          <Text size="xs" c="dimmed">
            {law.citation}
          </Text>
          <Confirmed of={law} />
        </Stack>
      ),
      text: ({ kind }) => t(`kinds.${kind}`),
      sortBy: ({ kind }) => kind,
    },
    {
      key: "customer",
      title: t("queue.customer"),
      cell: ({ customerId, recipientId }) => (
        <Group gap={4}>
          <ShortId id={customerId} />
          {recipientId !== null && (
            <Text size="xs" c="dimmed">
              {t("queue.toRecipient")}
            </Text>
          )}
        </Group>
      ),
    },
    { key: "language", title: t("queue.language"), cell: ({ language }) => t(`languages.${language}`) },
    {
      key: "since",
      title: t("queue.since"),
      cell: ({ madeAt }) => <Moment at={madeAt} />,
      sortBy: ({ madeAt }) => madeAt,
    },
    { key: "stands", title: t("queue.stands"), cell: (letter) => <Stands of={letter} /> },
    { key: "acts", title: t("queue.acts"), cell: (letter) => <LetterActs of={letter} /> },
  ];
}

function Stands({ of: { held, posted, returned } }: { readonly of: Letter }): ReactNode {
  const t = useTranslations("letters");
  if (returned !== null) return t(`returned.${returned.reason}`);
  if (held !== null) return t(`held.${held}`);
  return posted === null ? null : t("batches.postedOn", { on: posted.on });
}
