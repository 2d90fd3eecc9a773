// The customers of a round: why it is due to each, by which way, what was sent and how that is proved. Ids, codes and days.
import { Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Round } from "./round.tsx";

type Customer = AnswerOf<"listNoticeRoundCustomers">["items"][number];
type Query = NonNullable<AskingOf<"listNoticeRoundCustomers">["query"]>;

const VERDICTS = ["due", "blocked"] as const;

export function RoundCustomers({ roundId, state }: Pick<Round, "roundId" | "state">): ReactNode {
  const t = useTranslations("rounds");
  const { filter = {} } = useTableView().search;
  const verdict = VERDICTS.find((one) => one === filter["verdict"]);
  const queries = useQueryClient();
  // What became of each is told by the sending, which moves the state.
  useEffect(() => void queries.invalidateQueries({ queryKey: ["listNoticeRoundCustomers"] }), [queries, state]);
  const query: Query = { limit: 100, ...(verdict && { verdict }) };
  const { rows, more, data, error, refetch } = usePages("listNoticeRoundCustomers", { params: { roundId }, query });
  const options = VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) }));
  return (
    <section aria-label={t("customers.title")}>
      <Title order={2} mb="sm">
        {t("customers.title")}
      </Title>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("customers.title")}
        rows={rows}
        rowKey={({ line }) => String(line)}
        columns={useColumns()}
        filters={[{ key: "verdict", label: t("customers.verdict"), options }]}
        empty={data === undefined ? t("customers.looking") : t("customers.empty")}
        more={more}
      />
    </section>
  );
}

function useColumns(): readonly Column<Customer>[] {
  const t = useTranslations("rounds");
  const reasonOf = (code: string | null): string => (code === null ? "" : t(`reasons.${code}` as never));
  const wayOf = ({ sentBy, channel }: Customer): string => t(`channels.${sentBy ?? channel}`);
  const outcomeOf = ({ verdict, outcome, left, reason }: Customer): string => {
    if (verdict === "blocked") return reasonOf(reason);
    return outcome === null ? "–" : [t(`outcomes.${outcome}`), reasonOf(left)].filter((word) => word !== "").join(": ");
  };
  return [
    {
      key: "customer",
      title: t("customers.customer"),
      cell: ({ customerId }) => <ShortId id={customerId} />,
      text: ({ customerId }) => customerId,
    },
    { key: "why", title: t("customers.why"), cell: ({ why }) => t(`why.${why}`), sortBy: ({ why }) => why },
    { key: "way", title: t("customers.way"), cell: wayOf, sortBy: wayOf },
    {
      key: "language",
      title: t("customers.language"),
      cell: ({ language }) => t(`languages.${language}`),
      sortBy: ({ language }) => language,
    },
    { key: "outcome", title: t("customers.outcome"), cell: outcomeOf, sortBy: outcomeOf },
    {
      key: "proof",
      title: t("customers.proof"),
      cell: ({ proof }) =>
        proof === null ? (
          "–"
        ) : (
          <>
            {t(`proofs.${proof.state}`)}
            {proof.at !== null && (
              <>
                {" "}
                <Moment at={proof.at} dateOnly />
              </>
            )}
          </>
        ),
      sortBy: ({ proof }) => proof?.state ?? null,
    },
  ];
}
