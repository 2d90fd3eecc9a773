// How the log grows; looked at again every few seconds.
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Picture } from "../../shared/pictures/picture.tsx";
import { question } from "../../shared/queries.ts";
import type { Period } from "./pictures.tsx";

const StackedBars = lazy(async () => ({
  default: (await import("../../shared/pictures/stacked-bars.tsx")).StackedBars,
}));
const AGAIN_MS = 5000;
const HOURLY_DAYS_MAX = 7;

export function LogGrowth({ period: { from, to, days } }: { readonly period: Period }): ReactNode {
  const t = useTranslations("pictures");
  const format = useFormatter();
  const bucket = days > HOURLY_DAYS_MAX ? "day" : "hour";
  const growth = useQuery({ ...question("countEntries", { query: { from, to, bucket } }), refetchInterval: AGAIN_MS });
  const name = (at: string): string =>
    format.dateTime(
      new Date(at),
      bucket === "day" ? { month: "short", day: "numeric" } : { weekday: "short", hour: "numeric" },
    );
  return (
    <Answered of={growth}>
      {({ size, buckets }) => (
        <Picture
          title={t("growth.title")}
          summary={t("growth.summary", { size: format.number(size) })}
          columns={[t("growth.column"), t("growth.entries")]}
          rows={buckets.map(({ at, entries }) => [name(at), entries])}
        >
          {buckets.length === 0 ? (
            <Empty>{t("nothing")}</Empty>
          ) : (
            <Suspense fallback={<Loading />}>
              <StackedBars
                series={[{ name: t("growth.entries"), color: "ink.6" }]}
                data={buckets.map(({ at, entries }) => ({ name: name(at), [t("growth.entries")]: entries }))}
              />
            </Suspense>
          )}
        </Picture>
      )}
    </Answered>
  );
}
