// Dilemmas: one's own, those one may decide, and decided ones as precedents.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { usePages } from "../../shared/pages.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { EthicsTabs } from "./ethics-tabs.tsx";
import { DILEMMA_KINDS } from "./dilemma-kinds.ts";
import { useGuidanceText } from "./guidance.tsx";
import { RaiseDilemma } from "./raise-dilemma.tsx";

export type Dilemma = AnswerOf<"listDilemmas">["items"][number];

export function Dilemmas(): ReactNode {
  const t = useTranslations("ethics");
  const { filter = {} } = useTableView().search;
  const state = filter["state"] === "decided" ? "decided" : "open";
  const kind = DILEMMA_KINDS.find((each) => each === filter["kind"]);
  const { guidance } = filter;
  const query = {
    state,
    limit: 200,
    ...(kind === undefined ? {} : { kind }),
    ...(guidance === undefined ? {} : { guidance }),
  } as const;
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
          { key: "guidance", label: t("guidance"), options: useGuidanceOptions(kind) },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </Page>
  );
}

/** What decided ones rest on: of the kind that is looked for, where one is. */
function useGuidanceOptions(kind: Dilemma["kind"] | undefined) {
  const desk = useAsk("describeEthicsDesk", {});
  const textOf = useGuidanceText();
  return (desk.data?.guidance ?? [])
    .filter(({ kinds }) => kind === undefined || kinds.includes(kind))
    .map((one) => ({ value: one.id, label: textOf(one) }));
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
