// Dilemmas: one's own, those one may decide, and decided ones as precedents.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { EthicsTabs } from "./ethics-tabs.tsx";
import { DILEMMA_KINDS } from "./dilemma-kinds.ts";
import { RaiseDilemma } from "./raise-dilemma.tsx";

export type Dilemma = AnswerOf<"listDilemmas">["items"][number];

export function Dilemmas(): ReactNode {
  const t = useTranslations("ethics");
  const { filter = {} } = useTableView().search;
  const state = filter["state"] === "decided" ? "decided" : "open";
  const kind = DILEMMA_KINDS.find((each) => each === filter["kind"]);
  const query = { state, limit: 200, ...(kind === undefined ? {} : { kind }) } as const;
  const { rows, more, data, error, refetch } = usePages("listDilemmas", { query });
  const raise = (
    <DialogButton
      label={t("raise")}
      title={t("raise")}
      variant="filled"
      dialog={(close) => <RaiseDilemma onDone={close} />}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={raise}>
      <EthicsTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("dilemmas")}
        rows={rows}
        rowKey={({ dilemmaId }) => dilemmaId}
        columns={useColumns()}
        filters={[
          { key: "state", label: t("state"), usual: t("open"), options: [{ value: "decided", label: t("decided") }] },
          {
            key: "kind",
            label: t("kind"),
            options: DILEMMA_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Dilemma>[] {
  const t = useTranslations("ethics");
  return [
    {
      key: "kind",
      title: t("kind"),
      cell: ({ dilemmaId, kind }) => (
        <Anchor component={Link} to={`/ethics/${dilemmaId}`} size="sm">
          {t(`kinds.${kind}`)}
        </Anchor>
      ),
      sortBy: ({ kind }) => kind,
    },
    { key: "own", title: t("whose"), cell: ({ isOwn }) => (isOwn ? t("own") : t("others")) },
    {
      key: "raised",
      title: t("raised"),
      cell: ({ raisedAt }) => <Moment at={raisedAt} />,
      sortBy: ({ raisedAt }) => raisedAt,
    },
    {
      key: "outcome",
      title: t("outcome"),
      cell: ({ outcome }) => (outcome === null ? t("open") : <Badge variant="light">{t(`outcomes.${outcome}`)}</Badge>),
      sortBy: ({ outcome }) => outcome,
    },
  ];
}
