// What was sent to third parties and what became of it: one's own, for oversight all; never what it says.
import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId, shortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";
import { useFlowTexts } from "./flow-texts.ts";
import { PackageBadge } from "./package-badge.tsx";
import { useRecipientName } from "./recipient-name.ts";
import { SharingTabs } from "./sharing-tabs.tsx";

export type Face = AnswerOf<"listPackages">["items"][number];
const STATES = ["waiting", "picked-up", "revoked", "expired"] as const;

export function Packages(): ReactNode {
  const t = useTranslations("sharing");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const state = STATES.find((each) => each === filter["state"]);
  const query = { limit: 50, ...(state === undefined ? {} : { state }) };
  const { rows, more, data, error, refetch } = usePages("listPackages", { query });
  const columns = useColumns();
  const make = may("package.make") && (
    <Button component={Link} to="/sharing/new">
      {t("make")}
    </Button>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={make}>
      <SharingTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ packageId }) => packageId}
        columns={columns}
        filters={[
          {
            key: "state",
            label: t("state"),
            options: STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Face>[] {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const nameOf = useRecipientName();
  const said = useFlowTexts();
  return [
    {
      key: "package",
      title: t("package"),
      cell: ({ packageId }) => (
        <Anchor component={Link} to={`/sharing/packages/${packageId}`} size="sm" ff="monospace">
          {shortId(packageId)}
        </Anchor>
      ),
      text: ({ packageId }) => packageId,
    },
    {
      key: "recipient",
      title: t("recipient"),
      cell: ({ recipientId }) => nameOf(recipientId),
      sortBy: ({ recipientId }) => nameOf(recipientId),
      text: ({ recipientId }) => recipientId,
    },
    {
      key: "state",
      title: t("state"),
      cell: (row) => <PackageBadge state={row.state} />,
      sortBy: ({ state }) => state,
    },
    {
      key: "purpose",
      title: t("purpose"),
      cell: ({ purpose }) => words(`purposes.${purpose}`),
      sortBy: ({ purpose }) => purpose,
    },
    {
      key: "delivery",
      title: t("delivery"),
      cell: ({ delivery }) => t(`deliveries.${delivery}`),
      sortBy: ({ delivery }) => delivery,
    },
    {
      key: "values",
      title: t("valuesIn"),
      cell: ({ released, refused }) => t("released", { released, refused }),
      sortBy: ({ released }) => released,
    },
    { key: "made", title: t("madeAt"), cell: ({ madeAt }) => <Moment at={madeAt} />, sortBy: ({ madeAt }) => madeAt },
    {
      key: "expires",
      title: t("expiresAt"),
      cell: ({ expiresAt }) => <Moment at={expiresAt} />,
      sortBy: ({ expiresAt }) => expiresAt,
    },
    { key: "by", title: t("madeBy"), cell: ({ madeBy }) => <Who id={madeBy} />, isExtra: true },
    {
      key: "flow",
      title: t("flow"),
      cell: ({ flow }) => (flow === null ? "–" : said.named(flow)),
      sortBy: ({ flow }) => flow,
      isExtra: true,
    },
    { key: "to", title: t("recipientId"), cell: ({ recipientId }) => <ShortId id={recipientId} />, isExtra: true },
  ];
}
