// One dilemma. What was written is fetched when somebody asks to read it, since each reading is an entry, and lives in this page alone.
import { Alert, Button, Card, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Facts } from "../../shared/facts.tsx";
import { DecideDilemma } from "./decide-dilemma.tsx";

type Read = AnswerOf<"readDilemma">;

export function DilemmaPage(): ReactNode {
  const t = useTranslations("ethics");
  const { dilemmaId = "" } = useParams({ strict: false });
  const [read, setRead] = useState<Read | null>(null);
  const { isBusy, error, attempt } = useAttempt();
  const open = (): void => void attempt(async () => setRead(await ask("readDilemma", { params: { dilemmaId } })));
  return (
    <Page title={t("one")} lead={t("readingIsEntry")}>
      <Trouble error={error} again={open} />
      {read === null ? (
        <div>
          <Button loading={isBusy} onClick={open}>
            {t("read")}
          </Button>
        </div>
      ) : (
        <Whole read={read} onDecided={open} />
      )}
    </Page>
  );
}

function Whole({ read, onDecided }: { readonly read: Read; readonly onDecided: () => void }): ReactNode {
  const t = useTranslations("ethics");
  return (
    <Stack gap="md" maw="60rem">
      <Card withBorder>
        <Facts
          of={[
            [t("kind"), t(`kinds.${read.kind}`)],
            [t("raised"), <Moment key="raised" at={read.raisedAt} />],
            [t("customer"), read.customerId],
          ]}
        />
        <Text mt="sm" style={{ whiteSpace: "pre-wrap" }}>
          {read.words ?? t("gone")}
        </Text>
      </Card>
      {read.outcome !== null && (
        <Alert color="gray" title={t(`outcomes.${read.outcome}`)}>
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {read.reasoning ?? t("gone")}
          </Text>
          {read.decidedAt !== null && (
            <Text size="sm" c="dimmed" mt={4}>
              <Moment at={read.decidedAt} />
            </Text>
          )}
        </Alert>
      )}
      {read.mayDecide && <DecideDilemma dilemmaId={read.dilemmaId} kind={read.kind} onDone={onDecided} />}
    </Stack>
  );
}
