// Who has looked at it: everybody, or those whom a law lists; day by day, each line to be opened, checked and asked about.
import { Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { OwnCases } from "../cases/own-cases.tsx";
import { PlacePage } from "../place-page.tsx";
import { useWhose } from "../whose.tsx";
import { KeepList } from "./keep-list.tsx";
import { type List, ListChoice } from "./list-choice.tsx";
import { Lines } from "./lines.tsx";
import type { Accounting } from "./rows.ts";
import { type Known, KnownWords } from "./words.tsx";

const LINES_A_PAGE = 100;

export function Timeline(): ReactNode {
  const t = useTranslations("portal-timeline");
  // Only whoever acts for somebody as a whole reads their list.
  const { customerId, choice } = useWhose(
    ({ as, unitIds, classes }) =>
      (as === "representative" || as === "guardian") && unitIds === null && classes === null,
  );
  const lists = useAsk("listAccountings", {});
  const topics = useAsk("listPortalTopics", {});
  return (
    <PlacePage title={t("title")} lead={t("lead")}>
      {choice}
      {customerId === undefined && <OwnCases />}
      <Answered of={lists}>
        {(known) => (
          <Answered of={topics}>
            {({ topics: titles }) => (
              <KnownWords value={{ roles: known.roles, topics: titles }}>
                <Looks key={customerId ?? "own"} lists={known} customerId={customerId} />
              </KnownWords>
            )}
          </Answered>
        )}
      </Answered>
    </PlacePage>
  );
}

interface LooksProps {
  readonly lists: AnswerOf<"listAccountings"> & Pick<Known, "roles">;
  /** undefined: one's own. */
  readonly customerId: string | undefined;
}

function Looks({ lists, customerId }: LooksProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const [list, setList] = useState<List | undefined>(lists.timeline ? "timeline" : undefined);
  const pages = usePages(
    "getPortalAccounting",
    { query: { law: list, customerId, limit: LINES_A_PAGE } },
    { isKept: true },
  );
  const [first] = (pages.data as { readonly pages: readonly Accounting[] } | undefined)?.pages ?? [];
  const [laws, setLaws] = useState(first?.laws ?? []);
  // Which laws fit is the same for every list: kept while the next one is fetched.
  if (first !== undefined && first.laws !== laws && laws.length === 0) setLaws(first.laws);
  return (
    <Stack gap="md">
      {laws.length > 0 && (
        <ListChoice lists={lists} laws={laws} chosen={first?.law ?? list ?? "timeline"} onChoose={setList} />
      )}
      {first !== undefined && <KeepList law={first.law} customerId={customerId} />}
      {pages.error !== null && <Trouble error={pages.error} again={pages.refetch} />}
      {pages.data === undefined ? (
        pages.error === null && <Loading lines={8} />
      ) : pages.rows.length === 0 && !pages.more.hasMore ? (
        <Empty>{t(first?.law === "timeline" ? "nobody" : "nobodyHere")}</Empty>
      ) : (
        <Lines lines={pages.rows} more={pages.more} customerId={customerId} />
      )}
    </Stack>
  );
}
