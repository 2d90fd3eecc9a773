// What was asked and answered: clear, so shown when asked for and covered again.
import { Box, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { ReadWords, useReading } from "../../shared/clear/reading.tsx";

export interface CaseWordsProps {
  readonly caseId: string;
  readonly hasAnswer: boolean;
}

export function CaseWords({ caseId, hasAnswer }: CaseWordsProps): ReactNode {
  const t = useTranslations("portal-cases");
  const reading = useReading(async () => {
    const found = (await ask("listOwnCases", { query: {} })).items.find((one) => one.caseId === caseId);
    if (found === undefined) throw new Error("the case is not there");
    return found;
  });
  return (
    <ReadWords
      of={reading}
      label={t("correspondence")}
      viewer={t("viewer")}
      action={t(hasAnswer ? "readAnswer" : "readQuestion")}
      variant={hasAnswer ? "filled" : "default"}
    >
      {({ words, answer }) => (
        <Stack gap="sm">
          <Said by={t("you")} words={words ?? t("gone")} />
          {answer !== null && <Said by={t("us")} words={answer.words ?? t("gone")} />}
        </Stack>
      )}
    </ReadWords>
  );
}

function Said({ by, words }: { readonly by: string; readonly words: string }): ReactNode {
  return (
    <Box>
      <Text size="sm" c="dimmed">
        {by}
      </Text>
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{words}</Text>
    </Box>
  );
}
