// The legal holds: which matter, what it covers, and the two steps of a release.
import { Badge, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";
import { AskRelease, DecideRelease } from "./release.tsx";

export type Hold = AnswerOf<"listHolds">["items"][number];

const PLACES_SHOWN = 3;

export function Holds(): ReactNode {
  const t = useTranslations("retention.holds");
  const { rows, more, data, error, refetch } = usePages("listHolds", { query: { limit: 100 } });
  return (
    <>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ holdId }) => holdId}
        columns={useColumns()}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </>
  );
}

function useColumns(): readonly Column<Hold>[] {
  const t = useTranslations("retention.holds");
  return [
    {
      key: "reference",
      title: t("matter"),
      cell: ({ reference, reason }) => (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {reference}
          </Text>
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        </Stack>
      ),
      sortBy: ({ reference }) => reference,
    },
    { key: "ground", title: t("ground"), cell: ({ ground }) => t(`grounds.${ground}`), sortBy: ({ ground }) => ground },
    { key: "places", title: t("covers"), cell: (hold) => <Covered hold={hold} /> },
    { key: "state", title: t("state"), cell: (hold) => <State hold={hold} />, sortBy: ({ state }) => state },
    { key: "placed", title: t("placed"), cell: (hold) => <Placed hold={hold} />, sortBy: ({ placedAt }) => placedAt },
    { key: "acts", title: t("release"), cell: (hold) => <Acts hold={hold} /> },
  ];
}

function Covered({ hold: { places } }: { readonly hold: Hold }): ReactNode {
  const t = useTranslations("retention.holds");
  return (
    <Stack gap={2}>
      {places.slice(0, PLACES_SHOWN).map(({ customerId, unitId }) => (
        <Group key={`${customerId} ${unitId ?? ""}`} gap={4} wrap="nowrap">
          <ShortId id={unitId ?? customerId} />
          <Text size="xs" c="dimmed">
            {unitId === null ? t("wholeCustomer") : t("oneUnit")}
          </Text>
        </Group>
      ))}
      {places.length > PLACES_SHOWN && <Text size="xs">{t("more", { count: places.length - PLACES_SHOWN })}</Text>}
    </Stack>
  );
}

function State({ hold: { state } }: { readonly hold: Hold }): ReactNode {
  const t = useTranslations("retention.holds");
  return (
    <Badge variant={state === "in-force" ? "filled" : "default"} color={state === "in-force" ? "blue.9" : "gray"}>
      {t(`states.${state}`)}
    </Badge>
  );
}

function Placed({ hold: { placedBy, placedAt } }: { readonly hold: Hold }): ReactNode {
  return (
    <Text size="sm">
      <Who id={placedBy} />, <Moment at={placedAt} />
    </Text>
  );
}

/** INVARIANT: nobody is offered to decide on what they asked for; the server refuses it all the same. */
function Acts({ hold }: { readonly hold: Hold }): ReactNode {
  const t = useTranslations("retention.holds");
  const may = useMay();
  const { principalId } = useSession();
  if (hold.state === "in-force") return may("hold.release") && <AskRelease holdId={hold.holdId} />;
  if (hold.release === null || hold.state === "released") return null;
  if (hold.release.by === principalId) return <Text size="sm">{t("waits")}</Text>;
  return may("hold.decide-release") && <DecideRelease holdId={hold.holdId} reason={hold.release.reason} />;
}
