// Where a record is from and on which lawful ground it was collected, as one line.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "./ask.ts";
import { useLanguage } from "./texts.tsx";

export type ToldOrigin = AnswerOf<"getRecordHistory">["revisions"][number]["origin"];

export interface OriginProps {
  readonly origin: ToldOrigin;
  /** The reader is the person whom it is about: what they said is from them, and not from "the person". */
  readonly isReaders?: boolean;
}

export function Origin({ origin, isReaders = false }: OriginProps): ReactNode {
  const t = useTranslations("common");
  const language = useLanguage();
  if (origin === null)
    return (
      <Text size="sm" c="dimmed">
        {t("origin.notRecorded")}
      </Text>
    );
  const { source, ground, institution, reference } = origin;
  const from = isReaders && source.code === "person" ? t("origin.you") : source.title[language];
  const on = isReaders && ground.code === "given" ? t("origin.byYou") : ground.title[language];
  const parts = [from, institution, on, reference];
  return (
    <Text size="sm" c="dimmed">
      {t("origin.title")}: {parts.filter((part) => part !== null).join(" · ")}
    </Text>
  );
}
