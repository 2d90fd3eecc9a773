// One request of one's own: by when it is answered and why then, what was written, what can be done about it.
import { Alert, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { Day } from "../../shared/day.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { LawClock } from "../../shared/rights/clock.tsx";
import { Due } from "../../shared/rights/due.tsx";
import { LeftOut } from "../../shared/rights/left-out.tsx";
import { WrittenWords } from "../../shared/rights/words.tsx";
import { PlacePage } from "../place-page.tsx";
import { isAnswered } from "./answered-states.ts";
import { KeepCode } from "./keep-code.tsx";
import { OwnDeeds } from "./own-deeds.tsx";
import { OwnStatement } from "./own-statement.tsx";
import { OwnTellings } from "./own-tellings.tsx";
import { OwnSteps } from "./own-steps.tsx";

export type OwnRightRead = AnswerOf<"readOwnRight">;

export function OwnRightPage(): ReactNode {
  const t = useTranslations("portal-rights");
  const { requestId = "" } = useParams({ strict: false });
  const right = useAsk("readOwnRight", { params: { requestId }, query: { words: "left" } });
  return (
    <PlacePage title={t("requests.one")}>
      <Answered of={right}>{(known) => <Whole right={known} />}</Answered>
    </PlacePage>
  );
}

function Whole({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const { requestId } = right;
  return (
    <Stack gap="md">
      <Standing right={right} />
      <OwnDeeds right={right} />
      <KeepCode right={right} />
      <OwnTellings serves={requestId} />
      <OwnSteps right={right} />
      <OwnStatement right={right} />
      <Card withBorder component="section">
        <WrittenWords
          viewer={t("requests.viewer")}
          read={() => ask("readOwnRight", { params: { requestId }, query: { words: "opened" } })}
        />
      </Card>
      <Card withBorder component="section" aria-labelledby="clock">
        <Title order={2} id="clock" mb="sm">
          {t("requests.clock")}
        </Title>
        <LawClock clock={right.clock} rule={right.rule} />
        <Unsure rule={right.rule} />
      </Card>
      <Exempt right={right} />
      <Text c="dimmed">{t("requests.complain")}</Text>
    </Stack>
  );
}

/** How sure we are of a rule is the office's to weigh; a customer is told where we are not. */
function Unsure({ rule }: Pick<OwnRightRead, "rule">): ReactNode {
  const t = useTranslations("portal-rights");
  if (rule?.confidence !== "low") return null;
  return (
    <Text size="sm" mt="xs">
      {t("requests.unsure")}
    </Text>
  );
}

/** Laws of the place that one may have counted on. */
function Exempt({ right: { exempt } }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const w = useTranslations("rights-words");
  if (exempt.length === 0) return null;
  return (
    <Card withBorder component="section" aria-labelledby="exempt">
      <Title order={2} id="exempt" mb="sm">
        {t("requests.exempt")}
      </Title>
      <List size="sm" spacing="xs">
        {exempt.map(({ rule, verdict }) => (
          <List.Item key={rule.ruleId}>
            {`${rule.citation}: ${w(`verdicts.${verdict}`)}.`}
            {rule.exemption !== null && <LeftOut exemption={rule.exemption} />}
            <Unsure rule={rule} />
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

function Standing({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const w = useTranslations("rights-words");
  const language = useLocale().slice(0, 2) as "en" | "es" | "de";
  const { state, due, decision, appeal, duplicateOf } = right;
  const isOver = isAnswered(state);
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{w(`kinds.${right.kind}`)}</Text>
          {!isOver && <Due daysLeft={due.daysLeft} what={due.what} isStopped={due.isStopped} />}
        </Group>
        <Text>
          {t.rich("requests.asked", { at: () => <Moment at={right.receivedAt} dateOnly /> })}
          {" · "}
          {state === "waiting" ? t("requests.waitsForYou") : w(`states.${state}`)}
        </Text>
        {!isOver && appeal === null && !due.isStopped && (
          <Text>{t.rich("requests.by", { on: () => <Day on={due.on} /> })}</Text>
        )}
        {state === "appealed" && <Text>{t.rich("requests.appealUntil", { on: () => <Day on={due.on} /> })}</Text>}
        {duplicateOf !== null && !isOver && <Text>{t("requests.duplicate")}</Text>}
        {decision !== null && (
          <Alert title={t("requests.decided")} color={decision.outcome === "fulfilled" ? "blue" : "orange"}>
            <Text>{w(`outcomes.${decision.outcome}`)}</Text>
            {decision.ground !== null && (
              <Text mt={4}>
                {t("requests.ground")}
                {": "}
                {decision.ground.words?.[language] ?? decision.ground.text}
                {right.rule !== null && ` (${right.rule.citation})`}
              </Text>
            )}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
