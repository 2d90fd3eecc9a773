// How far the commonest value of each truncated index stands out, against the limit of one.
import { Progress, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Picture } from "../../shared/pictures/picture.tsx";
import { useIndexName } from "../../shared/index-name.ts";

const PERCENT = 100;

export function Signals({ indexes }: Pick<AnswerOf<"reportLeakage">, "indexes">): ReactNode {
  const t = useTranslations("schema");
  const format = useFormatter();
  const indexName = useIndexName();
  const counted = indexes.filter(({ isUnique }) => !isUnique).toSorted((one, other) => other.signal - one.signal);
  const [most] = counted;
  if (most === undefined) return null;
  const round = (value: number): string => format.number(value, { maximumFractionDigits: 2 });
  return (
    <Picture
      title={t("signals")}
      summary={t("signalsSummary", { index: indexName(most.index), signal: round(most.signal) })}
      columns={[t("index"), t("signal")]}
      rows={counted.map(({ index, signal }) => [indexName(index), round(signal)])}
    >
      <Stack gap="xs">
        {counted.map(({ index, signal }) => (
          <div key={index}>
            <Text size="sm">
              {indexName(index)}: {round(signal)}
            </Text>
            <Progress value={Math.min(signal, 1) * PERCENT} color={signal > 1 ? "red" : "ink"} />
          </div>
        ))}
      </Stack>
    </Picture>
  );
}
