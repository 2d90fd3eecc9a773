// What the customer says no to. Saying no takes one press; taking it back, to have signed in a moment ago.
import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Freshly } from "../settings/freshly.tsx";
import { Section } from "../settings/section.tsx";

type Choice = AnswerOf<"listOwnChoices">["items"][number];

export function OwnChoices(): ReactNode {
  const t = useTranslations("portal-permissions");
  const own = useAsk("listOwnChoices", {});
  return (
    <Section title={t("choices.title")} lead={t("choices.lead")}>
      <Answered of={own}>
        {({ items }) => (
          <Stack gap="lg">
            {items.map((choice) => (
              <One key={choice.choice} choice={choice} />
            ))}
          </Stack>
        )}
      </Answered>
    </Section>
  );
}

function One({ choice: { choice, saidNoAt, title, text } }: { readonly choice: Choice }): ReactNode {
  const t = useTranslations("portal-permissions");
  const language = useLanguage();
  const set = useAct("setOwnChoice", { changes: ["listOwnChoices"] });
  const send = (saysNo: boolean): void => set.mutate({ body: { choice, saysNo } });
  return (
    <Stack gap={6} component="article" aria-label={title[language]}>
      <Title order={3}>{title[language]}</Title>
      <Trouble error={set.error} />
      {saidNoAt === null ? (
        <>
          <Text size="sm">{t("choices.open")}</Text>
          <Button w="fit-content" variant="default" loading={set.isPending} onClick={() => send(true)}>
            {t("choices.sayNo", { what: title[language] })}
          </Button>
        </>
      ) : (
        <>
          <Text size="sm">
            <strong>{t.rich("choices.saidNo", { at: () => <Moment at={saidNoAt} dateOnly /> })}</strong>{" "}
            {text[language]}
          </Text>
          <Freshly>
            <Button w="fit-content" variant="default" loading={set.isPending} onClick={() => send(false)}>
              {t("choices.takeBack", { what: title[language] })}
            </Button>
          </Freshly>
        </>
      )}
    </Stack>
  );
}
