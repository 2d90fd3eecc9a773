// A new report: what kind, what happened, from which offices it is to be kept; and then the code that is shown once.
import { Button, Checkbox, Code, CopyButton, Group, Select, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf, type AskingOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { Trouble } from "../../shared/trouble.tsx";

type Draft = AskingOf<"submitReport">["body"];
const CATEGORIES = [
  "privacy",
  "security",
  "consumer-protection",
  "financial-conduct",
  "money-laundering",
  "corruption",
  "discrimination",
  "retaliation",
  "other",
] as const satisfies readonly Draft["category"][];
/** Those who may read reports: three, so that one is left. */
const OFFICES = ["compliance", "dpo", "litigation"] as const;

export function NewReport(): ReactNode {
  const t = useTranslations("report");
  const [made, setMade] = useState<AnswerOf<"submitReport"> | null>(null);
  const [category, setCategory] = useState<Draft["category"] | null>(null);
  const [text, setText] = useState("");
  const [kept, setKept] = useState<string[]>([]);
  const { isBusy, error, attempt } = useAttempt();
  if (made !== null) return <Receipt made={made} />;
  const submit = async (): Promise<void> => {
    if (category === null) return;
    const concernedRoles = OFFICES.filter((office) => kept.includes(office));
    setMade(await ask("submitReport", { body: { category, text: text.trim(), concernedRoles: [...concernedRoles] } }));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(submit);
      }}
    >
      <Stack gap="sm">
        <Trouble error={error} />
        <Select
          label={t("category")}
          data={CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
          value={category}
          onChange={(value) => setCategory(value as Draft["category"] | null)}
        />
        <Textarea
          label={t("what")}
          description={t("whatHint")}
          autosize
          minRows={5}
          maxLength={12_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox.Group label={t("keepFrom")} description={t("keepFromHint")} value={kept} onChange={setKept}>
          <Stack gap={6} mt={6}>
            {OFFICES.map((office) => (
              <Checkbox key={office} value={office} label={t(`offices.${office}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Text size="sm" c="dimmed">
          {t("anonymous")}
        </Text>
        <Button type="submit" loading={isBusy} disabled={category === null || text.trim() === ""}>
          {t("send")}
        </Button>
      </Stack>
    </form>
  );
}

function Receipt({ made }: { readonly made: AnswerOf<"submitReport"> }): ReactNode {
  const t = useTranslations("report");
  return (
    <Stack gap="sm" role="status">
      <Title order={2}>{t("received")}</Title>
      <Text size="sm">{t("code")}</Text>
      <Code block style={{ fontSize: "1.05rem", whiteSpace: "pre-wrap" }}>
        {made.receiptCode}
      </Code>
      <Group>
        <CopyButton value={made.receiptCode}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t("copied") : t("copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm">{t.rich("by", { day: () => <Moment at={made.acknowledgeBy} dateOnly /> })}</Text>
    </Stack>
  );
}
