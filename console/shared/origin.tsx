// Where a record is from and on which lawful ground it was collected, as one line.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "./ask.ts";
import { useLanguage } from "./texts.tsx";

export type ToldOrigin = AnswerOf<"getRecordHistory">["revisions"][number]["origin"];

export function Origin({ origin }: { readonly origin: ToldOrigin }): ReactNode {
  const t = useTranslations("common");
  const language = useLanguage();
  if (origin === null)
    return (
      <Text size="sm" c="dimmed">
        {t("origin.notRecorded")}
      </Text>
    );
  const { source, ground, institution, reference } = origin;
  const parts = [source.title[language], institution, ground.title[language], reference];
  return (
    <Text size="sm" c="dimmed">
      {t("origin.title")}: {parts.filter((part) => part !== null).join(" · ")}
    </Text>
  );
}
