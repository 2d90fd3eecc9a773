// What a record said before each correction: when, by whose role, which fields; masked.
import { Button, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { Loading } from "../../shared/loading.tsx";
import { Origin } from "../../shared/origin.tsx";
import { Moment } from "../../shared/moment.tsx";
import { RECORDED } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { usePurpose } from "../customers/purposes.ts";
import { useSchema } from "../customers/schema.ts";
import { Terms } from "../customers/masked-records.tsx";

type Revision = AnswerOf<"getRecordHistory">["revisions"][number];

export interface HistoryProps {
  readonly customerId: string;
  readonly recordId: string;
}

export function History({ customerId, recordId }: HistoryProps): ReactNode {
  const t = useTranslations("corrections");
  const purpose = usePurpose();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...RECORDED,
    queryKey: ["getRecordHistory", customerId, recordId, purpose],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      return ask("getRecordHistory", { params: { customerId, recordId }, query: { purpose, ...cursor } }, { signal });
    },
    getNextPageParam: ({ next }) => next,
  });
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="xs">
        {t("history.title")}
      </Title>
      <Trouble error={error} again={refetch} />
      {data === undefined && error === null && <Loading lines={3} />}
      <ol className="lines">
        {(data?.pages ?? [])
          .flatMap(({ revisions }) => revisions)
          .map((revision) => (
            <li key={revision.revision}>
              <One {...revision} />
            </li>
          ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("history.more")}
        </Button>
      )}
    </section>
  );
}

function One({ revision, by, changed, removed, fields, origin }: Revision): ReactNode {
  const t = useTranslations("corrections");
  const common = useTranslations("common");
  const schema = useSchema();
  const labels = (paths: readonly string[]): string => paths.map((path) => schema.field(path).label).join(", ");
  return (
    <>
      <Text fw={600} size="sm">
        {t("history.revision", { revision })}
      </Text>
      {by !== null && (
        <Text size="sm" c="dimmed">
          <Moment at={by.at} /> {by.role !== null && `· ${common(`roles.${by.role}`)}`}
        </Text>
      )}
      <Origin origin={origin} />
      {changed.length > 0 && <Text size="sm">{t("history.changed", { fields: labels(changed) })}</Text>}
      {removed.length > 0 && <Text size="sm">{t("history.removed", { fields: labels(removed) })}</Text>}
      <details>
        <summary>{t("history.asItRead")}</summary>
        <Terms fields={fields} />
      </details>
    </>
  );
}
