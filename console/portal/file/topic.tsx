// One topic: what it is and why we hold it; and, once asked for, what it holds. Asking is a disclosure to oneself, so it has a receipt.
import { Button, Card, Collapse, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { type Language, useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Receipt } from "./receipt.tsx";
import { Records } from "./records.tsx";

export type Topics = AnswerOf<"listPortalTopics">;
export type PortalFile = AnswerOf<"getPortalFile">;

export interface TopicProps {
  readonly topic: Topics["topics"][number];
  readonly records: Topics["records"];
  /** undefined: one's own file. */
  readonly customerId: string | undefined;
}

export function Topic({ topic, records, customerId }: TopicProps): ReactNode {
  const t = useTranslations("portal-file");
  const language: Language = useLanguage();
  const sheet = useClearSheet<PortalFile>();
  const { isBusy, error, attempt } = useAttempt();
  const [isWhyOpen, why] = useDisclosure(false);
  const [heading, reasons] = [useId(), useId()];
  const open = async (): Promise<void> =>
    sheet.show(
      await ask("getPortalFile", {
        query: { topic: topic.topic, ...(customerId === undefined ? {} : { customerId }) },
      }),
    );
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="xs">
        <Title order={2} id={heading}>
          {topic.title[language]}
        </Title>
        <Text c="dimmed">{topic.text[language]}</Text>
        <Trouble error={error} />
        {sheet.content !== null && (
          <ClearRegion label={topic.title[language]} viewer={t("viewer")} sheet={sheet}>
            <Records file={sheet.content} titles={records} again={open} />
            <Receipt disclosureId={sheet.content.disclosureId} />
          </ClearRegion>
        )}
        <Group gap="sm">
          {sheet.content === null && (
            <Button
              variant="light"
              loading={isBusy}
              onClick={() => void attempt(open)}
              aria-label={t("showTopic", { topic: topic.title[language] })}
            >
              {t("show")}
            </Button>
          )}
          <Button variant="subtle" px="xs" onClick={why.toggle} aria-expanded={isWhyOpen} aria-controls={reasons}>
            {t("why.ask")}
          </Button>
        </Group>
        <Collapse expanded={isWhyOpen} id={reasons}>
          {topic.topic !== "investigation" && <Text>{t(`why.${topic.topic}`)}</Text>}
        </Collapse>
      </Stack>
    </Card>
  );
}
