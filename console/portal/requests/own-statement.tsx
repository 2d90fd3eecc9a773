// After a correction was refused: what one says is right, chosen by topic and entry, and kept with it.
import { Button, Card, Checkbox, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ChooseEntry, type Entry } from "./choose-entry.tsx";
import type { OwnRightRead } from "./own-right.tsx";

const WORDS_MAX = 2000;

export function OwnStatement({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const { kind, state, decision, statements } = right;
  const isOver = state === "decided" || state === "closed" || state === "appealed";
  if (kind !== "correction" || !isOver || decision === null || decision.outcome === "fulfilled") return null;
  return (
    <Card withBorder component="section" aria-labelledby="statement">
      <Title order={2} id="statement" mb="sm">
        {t("requests.statement.title")}
      </Title>
      <Stack gap="sm">
        <Text>{t("requests.statement.lead")}</Text>
        {statements.map((one) => (
          <Filed key={one.statementId} requestId={right.requestId} statement={one} />
        ))}
        <File requestId={right.requestId} standing={statements.filter(({ withdrawn }) => withdrawn === null)} />
      </Stack>
    </Card>
  );
}

type Statement = OwnRightRead["statements"][number];

interface FiledProps {
  readonly requestId: string;
  readonly statement: Statement;
}

function Filed({ requestId, statement: { statementId, at, withdrawn } }: FiledProps): ReactNode {
  const t = useTranslations("portal-rights");
  const act = useAct("takeOwnRightStep", { changes: ["readOwnRight"] });
  return (
    <Group gap="sm">
      <Text>{t.rich("requests.statement.filed", { at: () => <Moment at={at} dateOnly /> })}</Text>
      {withdrawn === null ? (
        <Button
          variant="default"
          size="compact-md"
          loading={act.isPending}
          onClick={() => act.mutate({ params: { requestId }, body: { do: "withdraw-statement", statementId } })}
        >
          {t("requests.statement.withdraw")}
        </Button>
      ) : (
        <Text c="dimmed">
          {t.rich(withdrawn.replacedBy === null ? "requests.statement.withdrawn" : "requests.statement.replaced", {
            at: () => <Moment at={withdrawn.at} dateOnly />,
          })}
        </Text>
      )}
      <Trouble error={act.error} />
    </Group>
  );
}

interface FileProps {
  readonly requestId: string;
  readonly standing: readonly Statement[];
}

function File({ requestId, standing }: FileProps): ReactNode {
  const t = useTranslations("portal-rights");
  const [isReplacing, setReplacing] = useState(false);
  const [entry, setEntry] = useState<Entry | null>(null);
  const [words, setWords] = useState("");
  const onDone = (): void => setWords("");
  const act = useAct("takeOwnRightStep", { changes: ["readOwnRight", "listOwnRights"], onDone });
  const topics = useAsk("listPortalTopics", {});
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (entry === null || words.trim() === "") return;
        const { recordId, name } = entry;
        const last = isReplacing ? standing.at(-1)?.statementId : undefined;
        const replaces = last === undefined ? {} : { replaces: last };
        const said = { recordId, fields: [name], words: words.trim(), ...replaces };
        act.mutate({ params: { requestId }, body: { do: "file-statement", ...said } });
      }}
    >
      <Stack gap="sm">
        <Trouble error={act.error} />
        <Answered of={topics}>{(known) => <ChooseEntry topics={known} onChoose={setEntry} />}</Answered>
        <Textarea
          size="md"
          label={t("requests.statement.words")}
          description={t("requests.statement.wordsHint", { max: WORDS_MAX })}
          autosize
          minRows={3}
          maxLength={WORDS_MAX}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {standing.length > 0 && (
          <Checkbox
            label={t("requests.statement.replaces")}
            checked={isReplacing}
            onChange={(event) => setReplacing(event.currentTarget.checked)}
          />
        )}
        <Group>
          <Button type="submit" loading={act.isPending} disabled={entry === null || words.trim() === ""}>
            {t("requests.statement.send")}
          </Button>
          {act.isSuccess && <Text role="status">{t("requests.statement.kept")}</Text>}
        </Group>
      </Stack>
    </form>
  );
}
