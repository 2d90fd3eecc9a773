// What the customer says of fields that they dispute, read by an entry of its own next to the values that it is about.
import { Box, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { ReadWords, useReading } from "../../shared/clear/reading.tsx";
import { useStepUp } from "../../shared/step-up.tsx";
import { useSchema } from "../customers/schema.ts";
import type { DisclosedField, Question } from "./disclose.ts";

interface DisputedWordsProps {
  readonly fields: readonly DisclosedField[];
  readonly question: Question;
  readonly viewer: string;
}

export function DisputedWords({ fields, question, viewer }: DisputedWordsProps): ReactNode {
  const t = useTranslations("work");
  const withStepUp = useStepUp();
  const disputed = fields.filter((field) => field.form === "clear" && field.disputed !== undefined);
  const paths = [...new Set(disputed.map(({ field }) => field))];
  const reading = useReading(() =>
    withStepUp(() => ask("readDisputedStatements", { body: { ...question, fields: paths } })),
  );
  if (disputed.length === 0) return null;
  return (
    <ReadWords of={reading} label={t("disputed.label")} viewer={viewer} action={t("disputed.read")}>
      {({ items }) => <Statements items={items} />}
    </ReadWords>
  );
}

function Statements({ items }: { readonly items: AnswerOf<"readDisputedStatements">["items"] }): ReactNode {
  const t = useTranslations("work");
  const schema = useSchema();
  const format = useFormatter();
  if (items.length === 0) return <Text c="dimmed">{t("disputed.none")}</Text>;
  return (
    <Stack gap="sm">
      {items.map(({ statementId, fields, filedAt, words }) => (
        <Box key={statementId}>
          <Text size="sm" c="dimmed">
            {t("disputed.said", {
              fields: fields.map((path) => schema.field(path).label).join(", "),
              on: format.dateTime(new Date(filedAt), { dateStyle: "medium" }),
            })}
          </Text>
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{words}</Text>
        </Box>
      ))}
    </Stack>
  );
}
