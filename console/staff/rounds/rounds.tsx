// The rounds: of which notice, what each found and what became of it; and a new preview.
import { Badge, Select, Text, Textarea } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { Confirmed } from "../governing/confirmed.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { LetterTabs } from "../letters/letter-tabs.tsx";

type Round = AnswerOf<"getNoticeRound">;

const REASON_MIN = 3;

export function RoundsPage(): ReactNode {
  const t = useTranslations("rounds");
  const may = useMay();
  const { rows, more, data, error, refetch } = usePages("listNoticeRounds", { query: { limit: 200 } });
  // Ids are in the order of time.
  const newestFirst = rows.toSorted((one, other) => (one.roundId < other.roundId ? 1 : -1));
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("notice-round.ask") && <AskRound />}>
      <LetterTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("list.label")}
        rows={newestFirst}
        rowKey={({ roundId }) => roundId}
        columns={useColumns()}
        empty={data === undefined ? t("list.looking") : t("list.empty")}
        more={more}
      />
    </Page>
  );
}

/** The law that a notice rests on, with what was read of it. */
export function NoticeLaw({ code }: { readonly code: string }): ReactNode {
  const notices = useAsk("listNotices", {}, { staleTime: Infinity }).data?.items ?? [];
  const notice = notices.find((one) => one.notice === code);
  if (notice === undefined) return null;
  return (
    <Text size="sm" component="span">
      {notice.citation} <Confirmed of={notice} />
    </Text>
  );
}

/** By code, in the reader's language. */
export function useNoticeTitle(): (code: string) => string {
  const language = useLanguage();
  const notices = useAsk("listNotices", {}, { staleTime: Infinity }).data?.items ?? [];
  return (code) => notices.find(({ notice }) => notice === code)?.title[language] ?? code;
}

function useColumns(): readonly Column<Round>[] {
  const t = useTranslations("rounds");
  const format = useFormatter();
  const title = useNoticeTitle();
  const counted = (count: number | undefined): string => (count === undefined ? "–" : format.number(count));
  return [
    {
      key: "notice",
      title: t("list.notice"),
      cell: ({ roundId, notice, reason }) => (
        <>
          <Link to="/letters/notices/$roundId" params={{ roundId }}>
            {title(notice)}
          </Link>
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        </>
      ),
      sortBy: ({ notice }) => notice,
    },
    {
      key: "state",
      title: t("list.state"),
      cell: ({ state }) => <RoundState state={state} />,
      sortBy: ({ state }) => state,
      text: ({ state }) => t(`states.${state}`),
    },
    {
      key: "due",
      title: t("list.due"),
      align: "end",
      cell: ({ found }) => counted(found?.due),
      sortBy: ({ found }) => found?.due ?? null,
    },
    {
      key: "sent",
      title: t("list.sent"),
      align: "end",
      cell: ({ ended }) => counted(ended?.sent),
      sortBy: ({ ended }) => ended?.sent ?? null,
    },
    {
      key: "asked",
      title: t("list.asked"),
      cell: ({ asked }) => (
        <Text size="sm">
          <Who id={asked.by} />, <Moment at={asked.at} />
        </Text>
      ),
      sortBy: ({ asked }) => asked.at,
    },
  ];
}

export function RoundState({ state }: Pick<Round, "state">): ReactNode {
  const t = useTranslations("rounds.states");
  const isWaiting = state === "previewed";
  return (
    <Badge variant={isWaiting ? "filled" : "default"} color={isWaiting ? "blue.9" : "gray"} tt="none">
      {t(state)}
    </Badge>
  );
}

function AskRound(): ReactNode {
  const t = useTranslations("rounds.ask");
  return <DialogButton label={t("open")} title={t("title")} dialog={(close) => <Asking onDone={close} />} />;
}

function Asking({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("rounds.ask");
  const [notice, setNotice] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const navigate = useNavigate();
  const language = useLanguage();
  const notices = useAsk("listNotices", {}, { staleTime: Infinity }).data?.items ?? [];
  const act = useAct("askNoticeRound", {
    changes: ["listNoticeRounds"],
    onDone: ({ roundId }) => navigate({ to: "/letters/notices/$roundId", params: { roundId } }),
  });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={notice === null || reason.trim().length < REASON_MIN}
      onSubmit={() => notice !== null && act.mutate({ body: { notice, reason: reason.trim() } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("text")}</Text>
      <Select
        label={t("notice")}
        data={notices.map((one) => ({ value: one.notice, label: one.title[language] }))}
        value={notice}
        onChange={setNotice}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
