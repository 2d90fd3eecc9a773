// What was written about a request: clear, so shown when it is asked for, and covered again.
import { Box, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ReadWords, useReading } from "../clear/reading.tsx";
import { Moment } from "../moment.tsx";

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
  readonly proposal?: { readonly at: string; readonly values: Readonly<Record<string, string>> | null } | null;
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
  const { words, messages, extension, decision, appeal, proposal = null, statements = [], tasks = [] } = of;
  const said: (readonly [key: string, by: string, words: string | null | undefined, at: string | null])[] = [
    ["words", t("by.asked"), words, null],
    ...Object.entries(proposal?.values ?? {}).map(
      ([name, value]) => [`proposal-${name}`, `${t("proposed")}: ${name}`, value, proposal?.at ?? null] as const,
    ),
    ...messages.map((one) => [one.messageId, t(`by.${one.from}`), one.words, one.at] as const),
    ["extension", t("by.extension"), extension?.reason, extension?.at ?? null],
    ["decision", t("by.decision"), decision?.reason, decision?.at ?? null],
    ["appeal", t("by.appeal"), appeal?.words, appeal?.at ?? null],
    ["appeal-decision", t("by.appealDecision"), appeal?.decision?.reason, appeal?.decision?.at ?? null],
    ...statements.map((one) => [one.statementId, t("by.statement"), one.words, one.at] as const),
    ...tasks.map((one) => [one.taskId, t("by.task"), one.words, null] as const),
  ];
  const shown = said.filter(([, , text]) => text !== null && text !== undefined);
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
