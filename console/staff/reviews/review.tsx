// One review: how far it has come, its lines, and what its maker does with it.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { askForFile, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay } from "../../shared/session.ts";
import { useStepUp } from "../../shared/step-up.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Lines } from "./lines.tsx";
import { Progressed } from "./progressed.tsx";

export type Shown = AnswerOf<"showReview">;

export function ReviewPage(): ReactNode {
  const t = useTranslations("reviews");
  const { reviewId = "" } = useParams({ strict: false });
  const shown = useAsk("showReview", { params: { reviewId } });
  return (
    <Answered of={shown} title={t("title")}>
      {(known) => <Whole shown={known} />}
    </Answered>
  );
}

function Whole({ shown: { review, totals } }: { readonly shown: Shown }): ReactNode {
  const t = useTranslations("reviews");
  const isUnderWay = review.state !== "draft";
  return (
    <Page
      title={review.name}
      lead={t.rich("state2", { state: t(`states.${review.state}`), at: () => <Moment at={review.dueAt} dateOnly /> })}
      actions={<Files review={review} />}
    >
      <Steps review={review} undecided={totals.undecided} />
      {isUnderWay ? (
        <>
          <Progressed totals={totals} lines={review.lines} />
          <Lines review={review} />
        </>
      ) : (
        <Text>{t("draft")}</Text>
      )}
    </Page>
  );
}

function Files({ review: { reviewId, state } }: Pick<Shown, "review">): ReactNode {
  const t = useTranslations("reviews");
  const may = useMay();
  const { isBusy, error, attempt } = useAttempt();
  const withStepUp = useStepUp();
  if (state === "draft" || !may("review.read")) return null;
  const params = { reviewId };
  const csv = async () => saveFile(await withStepUp(() => askForFile("exportReviewCsv", { params })), "review.csv");
  const pdf = async () => saveFile(await withStepUp(() => askForFile("exportReviewPdf", { params })), "review.pdf");
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Button variant="default" size="sm" loading={isBusy} onClick={() => void attempt(csv)}>
          CSV
        </Button>
        <Button variant="default" size="sm" loading={isBusy} onClick={() => void attempt(pdf)}>
          PDF
        </Button>
      </Group>
      <Trouble error={error} />
      <Text size="xs" c="dimmed">
        {t("exported")}
      </Text>
    </Stack>
  );
}

interface StepsProps extends Pick<Shown, "review"> {
  readonly undecided: number;
}

/** Only whoever may start reviews ends them; closing is offered once it can be done. */
function Steps({ review: { reviewId, state, dueAt }, undecided }: StepsProps): ReactNode {
  const t = useTranslations("reviews");
  const may = useMay();
  const changes = ["showReview", "listReviewLines", "listReviews", "listWork"] as const;
  const start = useAct("startReview", { changes });
  const close = useAct("closeReview", { changes });
  if (!may("review.start")) return null;
  const canClose = state === "in-progress" && (undecided === 0 || new Date(dueAt) <= new Date());
  return (
    <>
      <Trouble error={start.error ?? close.error} />
      <Group gap="xs">
        {state === "draft" && (
          <Button loading={start.isPending} onClick={() => start.mutate({ params: { reviewId } })}>
            {t("start")}
          </Button>
        )}
        {canClose && (
          <Button loading={close.isPending} onClick={() => close.mutate({ params: { reviewId } })}>
            {t("close")}
          </Button>
        )}
        {(state === "draft" || state === "in-progress") && (
          <DialogButton
            label={t("cancel")}
            title={t("cancel")}
            dialog={(done) => <Cancelling reviewId={reviewId} onDone={done} />}
          />
        )}
      </Group>
    </>
  );
}

const REASON_MIN = 3;

function Cancelling({ reviewId, onDone }: { readonly reviewId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("reviews");
  const [reason, setReason] = useState("");
  const cancel = useAct("cancelReview", { changes: ["showReview", "listReviews", "listWork"], onDone });
  return (
    <ActForm
      action={t("cancel")}
      isDangerous
      act={cancel}
      isIncomplete={reason.trim().length < REASON_MIN}
      onSubmit={() => cancel.mutate({ params: { reviewId }, body: { reason: reason.trim() } })}
    >
      <Text size="sm">{t("cancelMeans")}</Text>
      <Textarea
        label={t("reason")}
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </ActForm>
  );
}
