// Points at one entry of one's own file: its topic first, then what it is called, with just enough of what stands there to know it by.
import { Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import type { FieldNames } from "../../shared/field-names.ts";
import { type Language, useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";

type Topics = AnswerOf<"listPortalTopics">;
type ShownRecord = AnswerOf<"getPortalFile">["topics"][number]["records"][number];

export interface Entry {
  readonly recordId: string;
  /** As the record calls the field. */
  readonly name: string;
  readonly label: string;
}

export interface ChooseEntryProps {
  readonly topics: Topics;
  readonly onChoose: (entry: Entry | null) => void;
}

/** Asking for a topic is a look at one's file, with its entry. Whole values are not kept here. */
export function ChooseEntry({ topics, onChoose }: ChooseEntryProps): ReactNode {
  const t = useTranslations("portal-rights");
  const language = useLanguage();
  const names = useFieldNames();
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
    if (topic === undefined) return;
    void attempt(async () => {
      const file = await ask("getPortalFile", { query: { topic } });
      const records = file.topics.flatMap((one) => one.records);
      setEntries(entriesOf(records, topics.records, { names, language }));
    });
  };
  return (
    <>
      <Trouble error={error} />
      <Select
        size="md"
        label={t("requests.entry.topic")}
        data={topics.topics.map(({ topic, title }) => ({ value: topic, label: title[language] }))}
        disabled={isBusy}
        clearable
        onChange={open}
      />
      {entries?.length === 0 && <Text role="status">{t("requests.entry.nothing")}</Text>}
      {entries !== null && entries.length > 0 && (
        <Select
          size="md"
          label={t("requests.entry.which")}
          data={entries.map(({ label }, at) => ({ value: String(at), label }))}
          value={chosen}
          onChange={choose}
        />
      )}
    </>
  );
}

interface Words {
  readonly names: FieldNames;
  readonly language: Language;
}

function entriesOf(records: readonly ShownRecord[], titles: Topics["records"], { names, language }: Words): Entry[] {
  return records.flatMap(({ recordId, type, fields }) => {
    const ofType = records.filter((one) => one.type === type);
    const number = ofType.length > 1 ? ` ${String(ofType.findIndex((one) => one.recordId === recordId) + 1)}` : "";
    const title = titles.find((one) => one.type === type)?.title[language] ?? names.record(type);
    return fields.map(({ field, label, form, value }) => {
      const shown = form === "clear" ? maskOf(names.code(field, value) ?? value) : value;
      const name = field.slice(field.indexOf(".") + 1);
      const known = shown === "" ? "" : ` (${shown})`;
      return { recordId, name, label: `${title}${number}: ${names.field(field, label)}${known}` };
    });
  });
}

/** Enough to know an entry by, for whoever stands beside. */
function maskOf(value: string): string {
  return `${value.slice(0, value.length > SHORT ? 2 : 1)}••••`;
}

const SHORT = 5;
