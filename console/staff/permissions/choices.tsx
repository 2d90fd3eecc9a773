// What the customer says no to, and how that came about; written down on their word in two steps, with how they said it.
import { Badge, Button, Card, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Confirmed } from "../governing/confirmed.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";

type Whole = AnswerOf<"listChoices">;
type Choice = Whole["items"][number];
type Change = Whole["history"][number];

export function Choices({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions.choices");
  const found = useAsk("listChoices", { params: { customerId } }, RECORDED);
  return (
    <section aria-labelledby="choices">
      <Title order={2} id="choices" mb="xs">
        {t("title")}
      </Title>
      <Answered of={found}>
        {({ items, history }) => (
          <Stack gap="sm">
            {items.map((choice) => (
              <One
                key={choice.choice}
                choice={choice}
                history={history.filter((change) => change.choice === choice.choice)}
                customerId={customerId}
              />
            ))}
          </Stack>
        )}
      </Answered>
    </section>
  );
}

interface OneProps {
  readonly choice: Choice;
  readonly customerId: string;
}

function One({ choice, history, customerId }: OneProps & { readonly history: readonly Change[] }): ReactNode {
  const t = useTranslations("permissions.choices");
  const language = useLanguage();
  const may = useMay();
  const { saidNoAt, title, text, laws } = choice;
  return (
    <Card withBorder padding="sm" component="article" aria-label={title[language]}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Title order={3}>{title[language]}</Title>
            <Badge
              variant={saidNoAt === null ? "default" : "light"}
              color={saidNoAt === null ? "gray" : "red"}
              tt="none"
            >
              {t(saidNoAt === null ? "open" : "saysNo")}
            </Badge>
          </Group>
          {may("choice.set") && (
            <DialogButton
              size="compact-sm"
              label={t(saidNoAt === null ? "writeNo" : "takeBack")}
              about={`${t(saidNoAt === null ? "writeNo" : "takeBack")}: ${title[language]}`}
              title={title[language]}
              dialog={(close) => <Writing choice={choice} customerId={customerId} onDone={close} />}
            />
          )}
        </Group>
        {saidNoAt !== null && <Text size="sm">{text[language]}</Text>}
        <Text size="xs" c="dimmed">
          {laws.join("; ")} <Confirmed of={choice} />
        </Text>
        <History of={history} />
      </Stack>
    </Card>
  );
}

function History({ of: history }: { readonly of: readonly Change[] }): ReactNode {
  const t = useTranslations("permissions.choices");
  if (history.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("noHistory")}
      </Text>
    );
  return (
    <ul className="lines">
      {history.map(({ entryId, at, saysNo, channel, actorId }) => (
        <li key={entryId}>
          <Text size="sm">
            <Moment at={at} /> · {t(saysNo ? "saidNo" : "tookBack")} · {t(`channels.${channel}`)}
            {channel !== "portal" && actorId !== null && (
              <>
                {" · "}
                <Who id={actorId} />
              </>
            )}
          </Text>
        </li>
      ))}
    </ul>
  );
}

const CHANNELS = ["phone", "letter"] as const;
type Channel = (typeof CHANNELS)[number];

/** First what was said and how, then once more as it will stand: a no taken back by mistake shares what should not be. */
function Writing({ choice, customerId, onDone }: OneProps & { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("permissions.choices");
  const language = useLanguage();
  const [channel, setChannel] = useState<Channel>("phone");
  const [isSure, setSure] = useState(false);
  const act = useAct("setChoice", { changes: ["listChoices"], onDone });
  const saysNo = choice.saidNoAt === null;
  const how = { how: t(`channels.${channel}`), what: choice.title[language] };
  if (!isSure)
    return (
      <Stack gap="sm">
        <Text size="sm">{t(saysNo ? "askNo" : "askBack")}</Text>
        <SegmentedControl
          aria-label={t("how")}
          value={channel}
          onChange={(value) => setChannel(value as Channel)}
          data={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
        />
        <Group justify="end">
          <Button onClick={() => setSure(true)}>{t("next")}</Button>
        </Group>
      </Stack>
    );
  return (
    <ActForm
      action={t(saysNo ? "nowNo" : "nowBack")}
      act={act}
      isDangerous={!saysNo}
      onCancel={() => setSure(false)}
      onSubmit={() => act.mutate({ params: { customerId }, body: { choice: choice.choice, saysNo, channel } })}
    >
      <Text fw={600}>{t(saysNo ? "readNo" : "readBack", how)}</Text>
      <Text size="sm">{t(saysNo ? "effectNo" : "effectBack")}</Text>
    </ActForm>
  );
}
