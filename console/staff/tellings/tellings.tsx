// Who is still to be told of a correction, a statement or a withdrawn permission, what is due first first; and who was. Nothing of a customer but the id.
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { Day } from "../../shared/day.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { TellingActs } from "./telling-acts.tsx";

export type Telling = AnswerOf<"listTellings">["items"][number];

const STATES = ["open", "told"] as const;
type Shown = (typeof STATES)[number];

export function TellingsPage(): ReactNode {
  const t = useTranslations("tellings");
  const [state, setState] = useState<Shown>("open");
  const asking = { query: { state, limit: 50 } } as const;
  const { rows, data, error, refetch, more } = usePages("listTellings", asking, { isPassing: isNew });
  const columns = useColumns();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack>
        <SegmentedControl
          w="fit-content"
          aria-label={t("which")}
          value={state}
          onChange={(value) => setState(value as Shown)}
          data={STATES.map((value) => ({ value, label: t(`shown.${value}`) }))}
        />
        <Trouble error={error} again={refetch} />
        {data === undefined ? (
          <Text c="dimmed">{t("looking")}</Text>
        ) : (
          <DataTable
            label={t("title")}
            rows={rows}
            rowKey={({ tellingId }) => tellingId}
            columns={columns}
            empty={t(`empty.${state}`)}
            more={more}
          />
        )}
      </Stack>
    </Page>
  );
}

/** The server looks within seconds whom it can tell by itself. */
const isNew = ({ state, way }: Telling): boolean => state === "queued" && way === null;

/** Three columns, which fit on a phone with what can be done. */
function useColumns(): readonly Column<Telling>[] {
  const t = useTranslations("tellings");
  return [
    { key: "of", title: t("columns.of"), cell: (telling) => <What of={telling} />, sortBy: ({ of }) => of },
    { key: "due", title: t("columns.due"), cell: (telling) => <By of={telling} />, sortBy: ({ due }) => due.before },
    {
      key: "stands",
      title: t("columns.stands"),
      cell: (telling) => (
        <Stack gap="xs">
          <Stands of={telling} />
          <TellingActs of={telling} />
        </Stack>
      ),
    },
  ];
}

/** Of what, about whom and whom it is told. */
function What({ of: telling }: { readonly of: Telling }): ReactNode {
  const t = useTranslations("tellings");
  return (
    <Stack gap={2}>
      <Group gap={4}>
        {t(`of.${telling.of}`)}
        <ShortId id={telling.customerId} />
      </Group>
      <Whom of={telling} />
    </Stack>
  );
}

function Whom({ of: { recipient } }: { readonly of: Telling }): ReactNode {
  const t = useTranslations("tellings");
  const types: Readonly<Record<string, string>> = useMessages().words.recipients;
  if (recipient === null) return t("beyond");
  const { recipientId, principalId, type, at, times } = recipient;
  const id = recipientId ?? principalId;
  return (
    <Stack gap={2}>
      <Group gap={4}>
        {type !== null && (types[type] ?? type)}
        {id !== null && <ShortId id={id} />}
      </Group>
      <Text size="xs" c="dimmed">
        {t.rich("given", { times, at: () => <Moment at={at} dateOnly /> })}
      </Text>
    </Stack>
  );
}

/** INVARIANT: a day that no law names is never shown as one that a law does. */
function By({ of: { due, told } }: { readonly of: Telling }): ReactNode {
  const t = useTranslations("tellings");
  const isLate = told === null && due.daysLeft < 0;
  return (
    <Stack gap={2}>
      <Text span inherit {...(isLate ? { fw: 600 } : {})}>
        <Day on={due.on} />
        {isLate && `, ${t("late")}`}
      </Text>
      <Text size="xs" c="dimmed">
        {due.says === null ? due.citation : t("says", { says: due.says, citation: due.citation })}
        {". "}
        {t(`basis.${due.basis}`)}
      </Text>
    </Stack>
  );
}

function Stands({ of: { state, way, fault, told, sentAt } }: { readonly of: Telling }): ReactNode {
  const t = useTranslations("tellings");
  const faults: Readonly<Record<string, string>> = useMessages().tellings.faults;
  const by = told === null ? null : t("toldBy", { channel: t(`channels.${told.channel}`), reference: told.reference });
  return (
    <Stack gap={2}>
      <Text span inherit>
        {t(`states.${told !== null && state === "by-hand" ? "told-by-hand" : state}`)}
        {way !== null && way !== "hand" && ` (${t(`ways.${way}`)})`}
      </Text>
      {fault !== null && told === null && (
        <Text size="xs" fw={600}>
          {faults[fault] ?? fault}
        </Text>
      )}
      {by !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {by}
        </Text>
      )}
      {told === null && sentAt !== null && (
        <Text size="xs" c="dimmed">
          {t.rich("leftAt", { at: () => <Moment at={sentAt} /> })}
        </Text>
      )}
    </Stack>
  );
}
