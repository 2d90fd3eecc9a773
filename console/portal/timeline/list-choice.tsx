// Which list: everybody who looked, or what a law gives a right to; with what that law is, and why it applies.
import { Alert, Radio, Stack, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useLanguage } from "../../shared/texts.tsx";
import type { Accounting } from "./rows.ts";

export type List = Accounting["law"];

export interface ListChoiceProps {
  readonly lists: AnswerOf<"listAccountings">;
  readonly laws: Accounting["laws"];
  readonly chosen: List;
  readonly onChoose: (list: List) => void;
}

export function ListChoice({ lists, laws, chosen, onChoose }: ListChoiceProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const words = useTranslations("portal-file");
  const language = useLanguage();
  const fitting = laws.filter(({ because }) => because !== null);
  const offered = lists.laws.filter(({ law }) => fitting.some((one) => one.law === law));
  const law = lists.laws.find((one) => one.law === chosen);
  const because = fitting.find((one) => one.law === chosen)?.because ?? null;
  return (
    <>
      {offered.length > 0 && (
        <Radio.Group
          label={t("list.label")}
          value={chosen}
          onChange={(value) =>
            onChoose([...offered.map((one) => one.law), "timeline" as const].find((one) => one === value) ?? "timeline")
          }
        >
          <Stack gap={4} mt={4}>
            {lists.timeline && <Radio size="md" py={8} value="timeline" label={t("list.timeline")} />}
            {offered.map((one) => (
              <Radio size="md" py={8} key={one.law} value={one.law} label={one.title[language]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {law !== undefined && (
        <Alert color="gray" icon={<IconScale aria-hidden />} title={law.title[language]}>
          <Text>{law.text[language]}</Text>
          {because !== null && <Text mt="xs">{t("list.because", { line: words(`lines.${because.line}`) })}</Text>}
          <Text mt="xs" size="sm" c="dimmed">
            {law.citation}
          </Text>
        </Alert>
      )}
    </>
  );
}
