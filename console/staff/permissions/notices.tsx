// Which privacy notices the customer got, in which version and language, by which proof; and which are due.
import { Alert, Badge, Group, Select, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { ChooseDocument } from "./choose-document.tsx";
import { Confirmed } from "../governing/confirmed.tsx";
import { SendNotice } from "./send-notice.tsx";
import { UnderWay } from "./under-way.tsx";

type Deliveries = AnswerOf<"listNoticeDeliveries">;
type Notice = AnswerOf<"listNotices">["items"][number];
type Draft = AskingOf<"recordNoticeDelivery">["body"];

/** By their own names, which everybody finds. */
const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "es", label: "Español" },
  { value: "de", label: "Deutsch" },
];

export function Notices({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions.notices");
  const may = useMay();
  const found = useAsk("listNoticeDeliveries", { params: { customerId } }, RECORDED);
  const notices = useAsk("listNotices", {}, { staleTime: Infinity }).data?.items ?? [];
  const title = useTitle(notices);
  return (
    <section aria-labelledby="notices">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="notices">
          {t("title")}
        </Title>
        <Group gap="xs">
          {may("letter.send") && notices.length > 0 && (
            <DialogButton
              label={t("send.open")}
              title={t("send.title")}
              dialog={(close) => (
                <SendNotice customerId={customerId} notices={notices} due={found.data?.due ?? []} onDone={close} />
              )}
            />
          )}
          {may("notice.deliver") && notices.length > 0 && (
            <DialogButton
              label={t("deliver.open")}
              title={t("deliver.title")}
              dialog={(close) => (
                <Delivering customerId={customerId} notices={notices} due={found.data?.due ?? []} onDone={close} />
              )}
            />
          )}
        </Group>
      </Group>
      <Answered of={found}>
        {(known) => (
          <Stack gap="sm">
            <Due due={known.due} notices={notices} />
            <UnderWay customerId={customerId} mails={known.mails} title={title} />
            <Got items={known.items} notices={notices} />
          </Stack>
        )}
      </Answered>
    </section>
  );
}

function useTitle(notices: readonly Notice[]): (code: string) => string {
  const language = useLanguage();
  return (code) => notices.find(({ notice }) => notice === code)?.title[language] ?? code;
}

function Due({ due, notices }: { readonly due: Deliveries["due"]; readonly notices: readonly Notice[] }): ReactNode {
  const t = useTranslations("permissions.notices");
  const title = useTitle(notices);
  if (due.length === 0) return <Text c="dimmed">{t("nothingDue")}</Text>;
  return (
    <Alert color="yellow" title={t("due", { count: due.length })}>
      <ul>
        {due.map((code) => {
          const notice = notices.find((one) => one.notice === code);
          return (
            <li key={code}>
              {title(code)}
              {notice !== undefined && `, ${t("version", { version: notice.version })}: ${t(`given.${notice.given}`)}`}
              {notice !== undefined && (
                <>
                  {` (${notice.citation})`} <Confirmed of={notice} />
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

function Got({
  items,
  notices,
}: {
  readonly items: Deliveries["items"];
  readonly notices: readonly Notice[];
}): ReactNode {
  const t = useTranslations("permissions.notices");
  const title = useTitle(notices);
  if (items.length === 0) return <Text c="dimmed">{t("none")}</Text>;
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="group" aria-label={t("title")}>
      <Table aria-labelledby="notices">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("notice")}</Table.Th>
            <Table.Th>{t("language")}</Table.Th>
            <Table.Th>{t("when")}</Table.Th>
            <Table.Th>{t("proof")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(
            ({ deliveryId, notice, version, language, channel, deliveredAt, documentId, digest, isReminder }) => (
              <Table.Tr key={deliveryId}>
                <Table.Td>
                  {title(notice)} <Badge variant="default">{t("version", { version })}</Badge>{" "}
                  {isReminder && <Badge variant="light">{t("reminder")}</Badge>}
                </Table.Td>
                <Table.Td>{LANGUAGES.find(({ value }) => value === language)?.label ?? language}</Table.Td>
                <Table.Td>
                  <Moment at={deliveredAt} dateOnly />
                </Table.Td>
                <Table.Td>
                  {t(`channels.${channel}`)}
                  {documentId !== null && (
                    <>
                      {" · "}
                      <ShortId id={documentId} />
                    </>
                  )}
                  <Text size="xs" c="dimmed" ff="monospace">
                    {t("digest", { digest: digest.slice(0, 16) })}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface DeliveringProps {
  readonly customerId: string;
  readonly notices: readonly Notice[];
  readonly due: Deliveries["due"];
  readonly onDone: () => void;
}

const CHANNELS = ["letter", "paper", "electronic"] as const;

function Delivering({ customerId, notices, due, onDone }: DeliveringProps): ReactNode {
  const t = useTranslations("permissions.notices");
  const title = useTitle(notices);
  const shown = useLanguage();
  const [notice, setNotice] = useState<string | null>(due[0] ?? null);
  const [language, setLanguage] = useState<Draft["language"]>(shown);
  const [channel, setChannel] = useState<Draft["channel"]>("letter");
  const [day, setDay] = useState("");
  const [documentId, setDocument] = useState<string | null>(null);
  const act = useAct("recordNoticeDelivery", { changes: ["listNoticeDeliveries"], onDone });
  const send = (): void => {
    if (notice === null) return;
    const when = day === "" ? {} : { deliveredAt: new Date(`${day}T00:00:00`).toISOString() };
    const proof = documentId === null ? {} : { documentId };
    act.mutate({ params: { customerId }, body: { notice, language, channel, ...when, ...proof } });
  };
  return (
    <ActForm action={t("deliver.now")} act={act} isIncomplete={notice === null} onCancel={onDone} onSubmit={send}>
      <Text size="sm">{t("deliver.text")}</Text>
      <Select
        label={t("notice")}
        data={notices.map((one) => ({ value: one.notice, label: title(one.notice) }))}
        value={notice}
        onChange={setNotice}
      />
      <Select
        label={t("language")}
        allowDeselect={false}
        data={LANGUAGES}
        value={language}
        onChange={(value) => value !== null && setLanguage(value as Draft["language"])}
      />
      <Select
        label={t("deliver.how")}
        allowDeselect={false}
        data={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
        value={channel}
        onChange={(value) => value !== null && setChannel(value as Draft["channel"])}
      />
      <TextInput
        type="date"
        label={t("when")}
        description={t("deliver.whenHint")}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <ChooseDocument customerId={customerId} kind="letter" value={documentId} onChange={setDocument} />
    </ActForm>
  );
}
