// After a correction was refused: what one says is right, chosen by topic and entry, and kept with it.
import { Button, Card, Checkbox, Group, Select, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import type { OwnRightRead } from "./own-right.tsx";

const WORDS_MAX = 2000;

interface Entry {
  readonly recordId: string;
  readonly name: string;
  readonly label: string;
}

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

interface ChooseEntryProps {
  readonly topics: AnswerOf<"listPortalTopics">;
  readonly onChoose: (entry: Entry | null) => void;
}

/** Entries by what they are called; their values are not kept here. */
function ChooseEntry({ topics, onChoose }: ChooseEntryProps): ReactNode {
  const t = useTranslations("portal-rights");
  const language = useLanguage();
  const { isBusy, error, attempt } = useAttempt();
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = (key: string | null): void => {
    setChosen(key);
    onChoose(key === null ? null : (entries?.[Number(key)] ?? null));
  };
  const open = (value: string | null): void => {
    const topic = topics.topics.find((one) => one.topic === value)?.topic;
    choose(null);
    setEntries(null);
    if (topic !== undefined)
      void attempt(async () =>
        setEntries(entriesOf(await ask("getPortalFile", { query: { topic } }), topics, language)),
      );
  };
  return (
    <>
      <Trouble error={error} />
      <Select
        size="md"
        label={t("requests.statement.topic")}
        data={topics.topics.map(({ topic, title }) => ({ value: topic, label: title[language] }))}
        disabled={isBusy}
        onChange={open}
      />
      {entries?.length === 0 && <Text role="status">{t("requests.statement.nothing")}</Text>}
      {entries !== null && entries.length > 0 && (
        <Select
          size="md"
          label={t("requests.statement.which")}
          data={entries.map(({ label }, at) => ({ value: String(at), label }))}
          value={chosen}
          onChange={choose}
        />
      )}
    </>
  );
}

function entriesOf(
  file: AnswerOf<"getPortalFile">,
  { records: titles }: AnswerOf<"listPortalTopics">,
  language: "en" | "es" | "de",
): Entry[] {
  const records = file.topics.flatMap((topic) => topic.records);
  return records.flatMap(({ recordId, type, fields }) => {
    const ofType = records.filter((one) => one.type === type);
    const number = ofType.length > 1 ? ` ${String(ofType.findIndex((one) => one.recordId === recordId) + 1)}` : "";
    const title = titles.find((one) => one.type === type)?.title[language];
    return fields.map(({ field, label }) => ({
      recordId,
      name: field.slice(field.indexOf(".") + 1),
      label: title === undefined ? `${label}${number}` : `${title}${number}: ${label}`,
    }));
  });
}
