// Privacy notices in the language of the page, and that they were received.
import { Accordion, Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Section } from "../settings/section.tsx";

type Notice = AnswerOf<"listOwnNotices">["items"][number];

export function OwnNotices(): ReactNode {
  const t = useTranslations("portal-permissions");
  const language = useLanguage();
  const own = useAsk("listOwnNotices", {});
  return (
    <Section title={t("notices.title")} lead={t("notices.lead")}>
      <Answered of={own}>
        {({ items }) => (
          <Accordion variant="separated" order={3}>
            {items.map((notice) => (
              <Accordion.Item key={notice.notice} value={notice.notice}>
                <Accordion.Control>{notice.title[language]}</Accordion.Control>
                <Accordion.Panel>
                  <One notice={notice} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
      </Answered>
    </Section>
  );
}

function One({ notice: { notice, text, from, receivedAt } }: { readonly notice: Notice }): ReactNode {
  const t = useTranslations("portal-permissions");
  const language = useLanguage();
  const receive = useAct("receiveOwnNotice", { changes: ["listOwnNotices"] });
  return (
    <Stack gap="sm">
      <Text>{text[language]}</Text>
      <Text size="sm" c="dimmed">
        {t.rich("notices.from", { at: () => <Moment at={`${from}T12:00:00Z`} dateOnly /> })}
      </Text>
      <Trouble error={receive.error} />
      {receivedAt === null ? (
        <Button
          w="fit-content"
          variant="default"
          loading={receive.isPending}
          onClick={() => receive.mutate({ params: { notice }, body: { language } })}
        >
          {t("notices.receive")}
        </Button>
      ) : (
        <Text size="sm" fw={600}>
          {t.rich("notices.received", { at: () => <Moment at={receivedAt} dateOnly /> })}
        </Text>
      )}
    </Stack>
  );
}
