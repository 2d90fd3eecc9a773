// One dilemma. What was written is fetched when somebody asks to read it, since each reading is an entry, and lives in this page alone.
import { Alert, Card, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { ReadWords, useReading } from "../../shared/clear/reading.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../../shared/session.ts";
import { DecideDilemma } from "./decide-dilemma.tsx";

type Read = AnswerOf<"readDilemma">;
type Written = Pick<Read, "words" | "reasoning" | "outcome" | "decidedAt">;
type About = Omit<Read, "words" | "reasoning">;

export function DilemmaPage(): ReactNode {
  const t = useTranslations("ethics");
  const { name } = useSession();
  const { dilemmaId = "" } = useParams({ strict: false });
  // Without a word of it: stays when the words are gone, and with it a decision half typed.
  const [about, setAbout] = useState<About | null>(null);
  const reading = useReading(async (): Promise<Written> => {
    const { words, reasoning, ...known } = await ask("readDilemma", { params: { dilemmaId } });
    setAbout(known);
    return { words, reasoning, outcome: known.outcome, decidedAt: known.decidedAt };
  });
  return (
    <Page title={t("one")} lead={t("readingIsEntry")}>
      <Stack gap="md" maw="60rem">
        {about !== null && <Known of={about} />}
        <ReadWords of={reading} label={t("words")} viewer={name} action={t("read")} variant="filled">
          {(written) => <Words of={written} />}
        </ReadWords>
        {about?.mayDecide === true && (
          <DecideDilemma dilemmaId={about.dilemmaId} kind={about.kind} onDone={reading.read} />
        )}
      </Stack>
    </Page>
  );
}

function Known({ of: { kind, raisedAt, customerId } }: { readonly of: About }): ReactNode {
  const t = useTranslations("ethics");
  return (
    <Card withBorder>
      <Facts
        of={[
          [t("kind"), t(`kinds.${kind}`)],
          [t("raised"), <Moment key="raised" at={raisedAt} />],
          [t("customer"), customerId],
        ]}
      />
    </Card>
  );
}

function Words({ of: { words, outcome, reasoning, decidedAt } }: { readonly of: Written }): ReactNode {
  const t = useTranslations("ethics");
  return (
    <Stack gap="md">
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{words ?? t("gone")}</Text>
      {outcome !== null && (
        <Alert color="gray" title={t(`outcomes.${outcome}`)}>
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {reasoning ?? t("gone")}
          </Text>
          {decidedAt !== null && (
            <Text size="sm" c="dimmed" mt={4}>
              <Moment at={decidedAt} />
            </Text>
          )}
        </Alert>
      )}
    </Stack>
  );
}
