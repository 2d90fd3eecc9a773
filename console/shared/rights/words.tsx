// What was written about a request: clear, so shown when it is asked for, and covered again.
import { Box, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ReadWords, useReading } from "../clear/reading.tsx";
import { Moment } from "../moment.tsx";
import { useFieldNames } from "../use-field-names.ts";

interface Changed {
  readonly recordType: string;
  readonly values: Readonly<Record<string, string>> | null;
}

export interface Written {
  readonly words: string | null;
  readonly messages: readonly {
    readonly messageId: string;
    readonly at: string;
    readonly from: "customer" | "office" | "comment";
    readonly words: string | null;
  }[];
  readonly extension: { readonly at: string; readonly reason: string | null } | null;
  readonly decision: { readonly at: string; readonly reason: string | null } | null;
  readonly appeal: {
    readonly at: string;
    readonly words: string | null;
    readonly decision: { readonly at: string; readonly reason: string | null } | null;
  } | null;
  readonly wanted: Changed | null;
  readonly proposal?: (Changed & { readonly at: string }) | null;
  readonly statements?: readonly { readonly statementId: string; readonly at: string; readonly words: string | null }[];
  readonly tasks?: readonly {
    readonly taskId: string;
    readonly words: string | null;
    readonly doneAt: string | null;
  }[];
}

export interface WordsProps {
  readonly viewer: string;
  /** Asks the server, which writes an entry. */
  readonly read: () => Promise<Written>;
  /** What is shown under a task, by its id. */
  readonly underTask?: (taskId: string) => ReactNode;
}

export function WrittenWords({ viewer, read, underTask }: WordsProps): ReactNode {
  const t = useTranslations("rights-words");
  const reading = useReading(read);
  return (
    <ReadWords of={reading} label={t("correspondence")} viewer={viewer} action={t("read")}>
      {(written) => <Said of={written} underTask={underTask} />}
    </ReadWords>
  );
}

interface SaidProps {
  readonly of: Written;
  readonly underTask: WordsProps["underTask"];
}

function Said({ of, underTask }: SaidProps): ReactNode {
  const t = useTranslations("rights-words");
  const names = useFieldNames();
  const { words, messages, extension, decision, appeal, wanted, proposal = null, statements = [], tasks = [] } = of;
  const changed = (key: string, by: string, said: Changed | null, at: string | null) =>
    Object.entries(said?.values ?? {}).map(
      ([name, value]) =>
        [`${key}-${name}`, `${by}: ${names.field(`${said?.recordType ?? ""}.${name}`)}`, value, at] as const,
    );
  const all: (readonly [key: string, by: string, words: string | null | undefined, at: string | null])[] = [
    ["words", t("by.asked"), words, null],
    ...changed("wanted", t("wanted"), wanted, null),
    ...changed("proposal", t("proposed"), proposal, proposal?.at ?? null),
    ...messages.map((one) => [one.messageId, t(`by.${one.from}`), one.words, one.at] as const),
    ["extension", t("by.extension"), extension?.reason, extension?.at ?? null],
    ["decision", t("by.decision"), decision?.reason, decision?.at ?? null],
    ["appeal", t("by.appeal"), appeal?.words, appeal?.at ?? null],
    ["appeal-decision", t("by.appealDecision"), appeal?.decision?.reason, appeal?.decision?.at ?? null],
    ...statements.map((one) => [one.statementId, t("by.statement"), one.words, one.at] as const),
    ...tasks.map((one) => [one.taskId, t("by.task"), one.words, null] as const),
  ];
  const shown = all.filter(([, , text]) => text !== null && text !== undefined);
  return (
    <Stack gap="sm">
      {shown.length === 0 && <Text c="dimmed">{t("nothingWritten")}</Text>}
      {shown.map(([key, by, text, at]) => (
        <Box key={key}>
          <Text size="sm" c="dimmed">
            {by} {at !== null && <Moment at={at} />}
          </Text>
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</Text>
          {tasks.some(({ taskId }) => taskId === key) && underTask?.(key)}
        </Box>
      ))}
    </Stack>
  );
}
