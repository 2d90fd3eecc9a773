// One topic: what it is and why we hold it; and, once asked for, what it holds. Asking is a disclosure to oneself, so it has a receipt.
import { Box, Button, Card, Collapse, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { useFocusHere } from "../../shared/focus-here.ts";
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
  const [wasShown, setWasShown] = useState(false);
  const open = async (): Promise<void> => {
    sheet.show(
      await ask("getPortalFile", {
        query: { topic: topic.topic, ...(customerId === undefined ? {} : { customerId }) },
      }),
    );
    setWasShown(true);
  };
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="xs">
        <Title order={2} id={heading}>
          {topic.title[language]}
        </Title>
        <Text c="dimmed">{topic.text[language]}</Text>
        <Trouble error={error} />
        {sheet.content !== null && (
          <Shown labelledBy={heading}>
            <ClearRegion label={topic.title[language]} viewer={t("viewer")} sheet={sheet}>
              <Records file={sheet.content} titles={records} isOwn={customerId === undefined} again={open} />
              <Receipt disclosureId={sheet.content.disclosureId} />
            </ClearRegion>
          </Shown>
        )}
        <Group gap="sm">
          {sheet.content === null && (
            <Show topic={topic.title[language]} isBusy={isBusy} isBack={wasShown} onShow={() => void attempt(open)} />
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

interface ShowProps {
  readonly topic: string;
  readonly isBusy: boolean;
  /** What it showed was hidden again. */
  readonly isBack: boolean;
  readonly onShow: () => void;
}

function Show({ topic, isBusy, isBack, onShow }: ShowProps): ReactNode {
  const t = useTranslations("portal-file");
  const button = useFocusHere<HTMLButtonElement>(isBack);
  return (
    <Button ref={button} variant="light" loading={isBusy} onClick={onShow} aria-label={t("showTopic", { topic })}>
      {t("show")}
    </Button>
  );
}

/** In the place of the button, whose focus it takes. */
function Shown({ labelledBy, children }: { readonly labelledBy: string; readonly children: ReactNode }): ReactNode {
  const shown = useFocusHere<HTMLDivElement>();
  return (
    <Box ref={shown} role="group" tabIndex={-1} aria-labelledby={labelledBy}>
      {children}
    </Box>
  );
}
