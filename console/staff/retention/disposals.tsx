// The disposals: what each found and what became of it; and a new preview.
import { Badge, Text, Textarea } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { RetentionTabs } from "./retention-tabs.tsx";

type Disposal = AnswerOf<"getDisposal">;

const REASON_MIN = 3;

export function DisposalsPage(): ReactNode {
  const t = useTranslations("disposals");
  const may = useMay();
  const { rows, more, data, error, refetch } = usePages("listDisposals", { query: { limit: 200 } });
  // Ids are in the order of time.
  const newestFirst = rows.toSorted((one, other) => (one.disposalId < other.disposalId ? 1 : -1));
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("disposal.ask") && <AskDisposal />}>
      <RetentionTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("list.label")}
        rows={newestFirst}
        rowKey={({ disposalId }) => disposalId}
        columns={useColumns()}
        empty={data === undefined ? t("units.looking") : t("list.empty")}
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Disposal>[] {
  const t = useTranslations("disposals");
  const format = useFormatter();
  const counted = (count: number | undefined): string => (count === undefined ? "–" : format.number(count));
  return [
    {
      key: "reason",
      title: t("list.reason"),
      cell: ({ disposalId, reason }) => (
        <Link to="/retention/disposals/$disposalId" params={{ disposalId }}>
          {reason}
        </Link>
      ),
      sortBy: ({ reason }) => reason,
    },
    {
      key: "state",
      title: t("list.state"),
      cell: ({ state }) => <DisposalState state={state} />,
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
      key: "erased",
      title: t("list.erased"),
      align: "end",
      cell: ({ ended }) => counted(ended?.erased),
      sortBy: ({ ended }) => ended?.erased ?? null,
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

export function DisposalState({ state }: Pick<Disposal, "state">): ReactNode {
  const t = useTranslations("disposals.states");
  const isWaiting = state === "previewed";
  return (
    <Badge variant={isWaiting ? "filled" : "default"} color={isWaiting ? "blue.9" : "gray"} tt="none">
      {t(state)}
    </Badge>
  );
}

function AskDisposal(): ReactNode {
  const t = useTranslations("disposals.ask");
  return <DialogButton label={t("open")} title={t("title")} dialog={(close) => <Asking onDone={close} />} />;
}

function Asking({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("disposals.ask");
  const [reason, setReason] = useState("");
  const navigate = useNavigate();
  const act = useAct("askDisposal", {
    changes: ["listDisposals"],
    onDone: ({ disposalId }) => navigate({ to: "/retention/disposals/$disposalId", params: { disposalId } }),
  });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={reason.trim().length < REASON_MIN}
      onSubmit={() => act.mutate({ body: { reason: reason.trim() } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("text")}</Text>
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
