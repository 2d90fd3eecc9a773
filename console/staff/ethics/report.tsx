// One report, read when somebody asks to, since each reading is an entry; its words live in this page alone.
import { Button, Card, Group, Stack } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { ReadWords, useReading } from "../../shared/clear/reading.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Messages } from "../report/messages.tsx";
import { Reply } from "./reply.tsx";

type About = AnswerOf<"readReport">["report"];

export function ReportPage(): ReactNode {
  const t = useTranslations("ethics");
  const { name } = useSession();
  const { reportId = "" } = useParams({ strict: false });
  // Without a word of it: stays when the words are gone, and with it an answer half typed.
  const [about, setAbout] = useState<About | null>(null);
  const reading = useReading(async () => {
    const { report, messages } = await ask("readReport", { params: { reportId } });
    setAbout(report);
    return messages;
  });
  return (
    <Page title={t("report")} lead={t("readingIsEntry")}>
      <Stack gap="md" maw="60rem">
        {about !== null && <Known of={about} />}
        <ReadWords of={reading} label={t("report")} viewer={name} action={t("read")} variant="filled">
          {(messages) => <Messages of={messages} />}
        </ReadWords>
        {about !== null && <Answering report={about} onChanged={reading.read} />}
      </Stack>
    </Page>
  );
}

function Known({ of: report }: { readonly of: About }): ReactNode {
  const t = useTranslations("ethics");
  const states = useTranslations("report");
  return (
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
  );
}

interface AnsweringProps {
  readonly report: About;
  readonly onChanged: () => void;
}

function Answering({ report: { reportId, state }, onChanged }: AnsweringProps): ReactNode {
  const t = useTranslations("ethics");
  const close = useAct("closeReport", { changes: ["listReports"], onDone: onChanged });
  return (
    <>
      {state !== "closed" && <Reply reportId={reportId} state={state} onDone={onChanged} />}
      {state === "answered" && (
        <Group justify="end">
          <Trouble error={close.error} />
          <Button variant="default" loading={close.isPending} onClick={() => close.mutate({ params: { reportId } })}>
            {t("close")}
          </Button>
        </Group>
      )}
    </>
  );
}
