// Sends a notice to one customer: on paper, or by mail to where they are reached. The queue's own word is the proof of it.
import { Alert, SegmentedControl, Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { ActForm } from "../governing/act-form.tsx";

type Notice = AnswerOf<"listNotices">["items"][number];
type Language = Notice["title"] extends Record<infer Code, string> ? Code : never;

const WAYS = ["letter", "mail"] as const;
const LANGUAGES = ["own", "en", "es", "de"] as const;
const CHANGES = ["listNoticeDeliveries", "listLettersOfCustomer"] as const;

interface SendingProps {
  readonly customerId: string;
  readonly notices: readonly Notice[];
  readonly due: readonly string[];
  readonly onDone: () => void;
}

export function SendNotice({ customerId, notices, due, onDone }: SendingProps): ReactNode {
  const t = useTranslations("permissions.notices.send");
  const shown = useLanguage();
  const [notice, setNotice] = useState<string | null>(due[0] ?? null);
  const [way, setWay] = useState<(typeof WAYS)[number]>("letter");
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>("own");
  const letter = useAct("sendNoticeByLetter", { changes: [...CHANGES], onDone });
  const mail = useAct("sendNoticeByMail", { changes: [...CHANGES], onDone });
  const send = (): void => {
    if (notice === null) return;
    const chosen = language === "own" ? {} : { language: language satisfies Language };
    if (way === "mail") mail.mutate({ params: { customerId }, body: { notice, ...chosen } });
    else letter.mutate({ params: { customerId }, body: { kind: "privacy-notice", notice, ...chosen } });
  };
  return (
    <ActForm
      action={t("now")}
      act={way === "mail" ? mail : letter}
      isIncomplete={notice === null}
      onCancel={onDone}
      onSubmit={send}
    >
      <Select
        label={t("notice")}
        data={notices.map((one) => ({ value: one.notice, label: one.title[shown] }))}
        value={notice}
        onChange={setNotice}
      />
      <SegmentedControl
        fullWidth
        aria-label={t("way")}
        value={way}
        onChange={(value) => setWay(WAYS.find((each) => each === value) ?? "letter")}
        data={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
      />
      <Select
        label={t("language")}
        allowDeselect={false}
        data={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
        value={language}
        onChange={(value) => setLanguage(LANGUAGES.find((each) => each === value) ?? "own")}
      />
      <Text size="sm">{t(`text.${way}`)}</Text>
      {way === "mail" && <Alert color="yellow">{t("consent")}</Alert>}
    </ActForm>
  );
}
