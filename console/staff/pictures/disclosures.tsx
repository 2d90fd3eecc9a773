// Disclosures day by day, shown and refused; and how they part by purpose.
import { Stack } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Picture } from "../../shared/pictures/picture.tsx";
import { useAsk } from "../../shared/queries.ts";
import type { Period } from "./pictures.tsx";

const StackedBars = lazy(async () => ({
  default: (await import("../../shared/pictures/stacked-bars.tsx")).StackedBars,
}));

export function Disclosures({ period: { from, to } }: { readonly period: Period }): ReactNode {
  const byDay = useAsk("countDisclosures", { query: { from, to, by: "day" } });
  const byPurpose = useAsk("countDisclosures", { query: { from, to, by: "purpose" } });
  const format = useFormatter();
  const words = useTranslations("words");
  const day = (iso: string | null): string =>
    iso === null ? "–" : format.dateTime(new Date(iso), { month: "short", day: "numeric", timeZone: "UTC" });
  return (
    <Stack>
      <Answered of={byDay}>
        {({ items }) => <Counted kind="byDay" rows={items.map((each) => ({ name: day(each.day), ...each }))} />}
      </Answered>
      <Answered of={byPurpose}>
        {({ items }) => (
          <Counted
            kind="byPurpose"
            rows={items.map((each) => ({
              name: each.purpose === null ? "–" : words(`purposes.${each.purpose}`),
              ...each,
            }))}
          />
        )}
      </Answered>
    </Stack>
  );
}

interface CountedProps {
  readonly kind: "byDay" | "byPurpose";
  readonly rows: readonly { readonly name: string; readonly shown: number; readonly denied: number }[];
}

function Counted({ kind, rows }: CountedProps): ReactNode {
  const t = useTranslations("pictures");
  const shown = rows.reduce((sum, row) => sum + row.shown, 0);
  const denied = rows.reduce((sum, row) => sum + row.denied, 0);
  const series = [
    { name: t("shown"), color: "ink.6" },
    { name: t("denied"), color: "red.7" },
  ];
  return (
    <Picture
      title={t(`${kind}.title`)}
      summary={t("counted", { shown, denied })}
      columns={[t(`${kind}.column`), t("shown"), t("denied")]}
      rows={rows.map((row) => [row.name, row.shown, row.denied])}
    >
      {rows.length === 0 ? (
        <Empty>{t("nothing")}</Empty>
      ) : (
        <Suspense fallback={<Loading />}>
          <StackedBars
            isLying={kind === "byPurpose"}
            series={series}
            data={rows.map((row) => ({ name: row.name, [t("shown")]: row.shown, [t("denied")]: row.denied }))}
          />
        </Suspense>
      )}
    </Picture>
  );
}
