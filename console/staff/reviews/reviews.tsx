// The list of reviews of access.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { CreateReview } from "./create-review.tsx";

type Review = AnswerOf<"listReviews">["items"][number];

const STATES = ["draft", "in-progress", "pending-actions", "complete", "cancelled"] as const;

export function Reviews(): ReactNode {
  const t = useTranslations("reviews");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const { rows, more, data, error, refetch } = usePages("listReviews", { query: { limit: 200 } });
  const shown = rows.filter(({ state }) => filter["state"] === undefined || filter["state"] === state);
  const create = (
    <DialogButton
      variant="filled"
      label={t("create.open")}
      title={t("create.open")}
      dialog={(close) => <CreateReview onDone={close} />}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("review.start") && create}>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ reviewId }) => reviewId}
        columns={useColumns()}
        filters={[
          { key: "state", label: t("state"), options: STATES.map((value) => ({ value, label: t(`states.${value}`) })) },
        ]}
        empty={
          error !== null
            ? ""
            : data === undefined
              ? t("looking")
              : may("review.start")
                ? t("empty")
                : t("emptyReviewer")
        }
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Review>[] {
  const t = useTranslations("reviews");
  return [
    {
      key: "name",
      title: t("name"),
      cell: ({ reviewId, name }) => (
        <Anchor component={Link} to={`/reviews/${reviewId}`} size="sm">
          {name}
        </Anchor>
      ),
      sortBy: ({ name }) => name,
    },
    { key: "lines", title: t("lines"), cell: ({ lines }) => lines, sortBy: ({ lines }) => lines, align: "end" },
    { key: "due", title: t("due"), cell: ({ dueAt }) => <Moment at={dueAt} dateOnly />, sortBy: ({ dueAt }) => dueAt },
    { key: "overdue", title: t("overdue"), cell: ({ overdue }) => t(`defaults.${overdue}`) },
    {
      key: "state",
      title: t("state"),
      cell: ({ state }) => <Badge variant="light">{t(`states.${state}`)}</Badge>,
      sortBy: ({ state }) => STATES.indexOf(state),
    },
  ];
}
