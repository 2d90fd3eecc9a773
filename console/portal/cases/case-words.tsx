// What was asked and answered: clear, so shown when asked for and covered again.
import { Box, Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Trouble } from "../../shared/trouble.tsx";

type OwnCase = AnswerOf<"listOwnCases">["items"][number];

export interface CaseWordsProps {
  readonly caseId: string;
  readonly hasAnswer: boolean;
}

export function CaseWords({ caseId, hasAnswer }: CaseWordsProps): ReactNode {
  const t = useTranslations("portal-cases");
  const sheet = useClearSheet<OwnCase>();
  const { isBusy, error, attempt } = useAttempt();
  const read = async (): Promise<void> => {
    const found = (await ask("listOwnCases", { query: {} })).items.find((one) => one.caseId === caseId);
    if (found !== undefined) sheet.show(found);
  };
  if (sheet.content === null) {
    return (
      <>
        <Trouble error={error} />
        <Button
          variant={hasAnswer ? "filled" : "default"}
          w="fit-content"
          loading={isBusy}
          onClick={() => void attempt(read)}
        >
          {t(hasAnswer ? "readAnswer" : "readQuestion")}
        </Button>
      </>
    );
  }
  const { words, answer } = sheet.content;
  return (
    <ClearRegion label={t("correspondence")} viewer={t("viewer")} sheet={sheet}>
      <Stack gap="sm">
        <Said by={t("you")} words={words ?? t("gone")} />
        {answer !== null && <Said by={t("us")} words={answer.words ?? t("gone")} />}
      </Stack>
    </ClearRegion>
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
