// One report, read when somebody asks to, since each reading is an entry; its words live in this page alone.
import { Button, Card, Group, Stack } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Messages } from "../report/messages.tsx";
import { Reply } from "./reply.tsx";

type Read = AnswerOf<"readReport">;

export function ReportPage(): ReactNode {
  const t = useTranslations("ethics");
  const { reportId = "" } = useParams({ strict: false });
  const [read, setRead] = useState<Read | null>(null);
  const { isBusy, error, attempt } = useAttempt();
  const open = (): void => void attempt(async () => setRead(await ask("readReport", { params: { reportId } })));
  return (
    <Page title={t("report")} lead={t("readingIsEntry")}>
      <Trouble error={error} again={open} />
      {read === null ? (
        <div>
          <Button loading={isBusy} onClick={open}>
            {t("read")}
          </Button>
        </div>
      ) : (
        <Whole read={read} onChanged={open} />
      )}
    </Page>
  );
}

function Whole({ read, onChanged }: { readonly read: Read; readonly onChanged: () => void }): ReactNode {
  const t = useTranslations("ethics");
  const states = useTranslations("report");
  const { report } = read;
  const { reportId } = report;
  const close = useAct("closeReport", { changes: ["listReports"], onDone: onChanged });
  return (
    <Stack gap="md" maw="60rem">
      <Card withBorder>
        <Facts
          of={[
            [states("category"), states(`categories.${report.category}`)],
            [t("state"), states(`states.${report.state}`)],
            [t("received"), <Moment key="received" at={report.receivedAt} />],
            [t("acknowledgeBy"), <Moment key="acknowledge" at={report.acknowledgeBy} dateOnly />],
            [t("feedbackBy"), <Moment key="feedback" at={report.feedbackBy} dateOnly />],
          ]}
        />
      </Card>
      <Messages of={read.messages} />
      {report.state !== "closed" && <Reply reportId={reportId} state={report.state} onDone={onChanged} />}
      {report.state === "answered" && (
        <Group justify="end">
          <Trouble error={close.error} />
          <Button variant="default" loading={close.isPending} onClick={() => close.mutate({ params: { reportId } })}>
            {t("close")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
