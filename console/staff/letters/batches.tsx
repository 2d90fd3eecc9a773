// Batches that are not posted yet, each with what is to be done next; and those that were, with the proof of it.
import { Badge, Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type AnswerOf, askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay } from "../../shared/session.ts";
import { useStepUp } from "../../shared/step-up.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { Dissolve, PostBatch } from "./batch-acts.tsx";
import { CHANGES } from "./make-batch.tsx";

export type Batch = AnswerOf<"listLetterBatches">["items"][number];

const COLOURS = { made: "gray", printed: "blue", posted: "teal.9" } as const;

export function Batches(): ReactNode {
  const t = useTranslations("letters.batches");
  const { rows, data, error, refetch, more } = usePages("listLetterBatches", { query: { limit: 50 } });
  const newest = rows.toReversed();
  return (
    <Stack>
      <Trouble error={error} again={refetch} />
      {rows.length === 0 && <Text c="dimmed">{data === undefined ? t("looking") : t("empty")}</Text>}
      {newest.map((batch) => (
        <OneBatch key={batch.batchId} of={batch} />
      ))}
      {more.hasMore && (
        <Button variant="default" loading={more.isLoading} onClick={() => void more.load()}>
          {t("more")}
        </Button>
      )}
    </Stack>
  );
}

function OneBatch({ of }: { readonly of: Batch }): ReactNode {
  const t = useTranslations("letters.batches");
  const may = useMay();
  const { printed, posted } = of;
  return (
    <Card withBorder component="article" aria-label={t("count", { count: of.letters })}>
      <Group justify="space-between" align="start">
        <Stack gap={4}>
          <Group gap="xs">
            <Text fw={600}>{t("count", { count: of.letters })}</Text>
            <Badge variant="light" color={COLOURS[of.state]}>
              {t(`states.${of.state}`)}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {t("made")} <Moment at={of.madeAt} />, <Who id={of.madeBy} />
          </Text>
          {printed !== null && (
            <Text size="sm" c="dimmed">
              {t("sheets", { count: printed.sheets })} · {t("digest")} <code>{printed.digest.slice(0, 16)}</code>
            </Text>
          )}
          {posted !== null && <Text size="sm">{t("postedOn", { on: posted.on })}</Text>}
        </Stack>
        {posted === null && may("letter.print") && <NextSteps of={of} />}
      </Group>
    </Card>
  );
}

function NextSteps({ of }: { readonly of: Batch }): ReactNode {
  const t = useTranslations("letters.batches");
  const withStepUp = useStepUp();
  const queries = useQueryClient();
  const { isBusy, error, attempt } = useAttempt();
  const { batchId, printed } = of;
  const print = async (): Promise<void> => {
    try {
      const file = await withStepUp(() => askForFile("printLetterBatch", { params: { batchId } }));
      saveFile(file, `letters-${batchId}.pdf`);
    } finally {
      // Also after a refusal: what could not be printed is held then.
      await Promise.all(CHANGES.map((changed) => queries.invalidateQueries({ queryKey: [changed] })));
    }
  };
  return (
    <Stack gap="xs" align="end">
      <Group gap="xs">
        <Button
          variant={printed === null ? "filled" : "default"}
          size="compact-md"
          loading={isBusy}
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => void attempt(print)}
        >
          {printed === null ? t("print") : t("printAgain")}
        </Button>
        {printed !== null && (
          <DialogButton
            size="compact-md"
            variant="filled"
            label={t("post")}
            title={t("postTitle")}
            dialog={(close) => <PostBatch batchId={batchId} digest={printed.digest} onDone={close} />}
          />
        )}
        <DialogButton
          size="compact-md"
          label={t("dissolve")}
          title={t("dissolveTitle")}
          dialog={(close) => <Dissolve batchId={batchId} isPrinted={printed !== null} onDone={close} />}
        />
      </Group>
      <Trouble error={error} />
    </Stack>
  );
}
