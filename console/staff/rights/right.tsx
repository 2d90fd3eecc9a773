// One request: how it stands, which laws were judged and how, its clock step by step, what was written, and what can be done.
import { Alert, Anchor, Badge, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { LawClock } from "../../shared/rights/clock.tsx";
import { Due } from "../../shared/rights/due.tsx";
import { LeftOut } from "../../shared/rights/left-out.tsx";
import { usePlaceName } from "../../shared/rights/places.ts";
import { WrittenWords } from "../../shared/rights/words.tsx";
import { useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Confidence } from "../governing/confidence.tsx";
import { Who } from "../governing/who.tsx";
import { OpenPaper } from "../permissions/open-paper.tsx";
import { CarriedOut } from "./carried-out.tsx";
import { RightActs } from "./right-acts.tsx";
import { TaskDone } from "./task-done.tsx";

export type Right = AnswerOf<"readRight">;

export function RightPage(): ReactNode {
  const t = useTranslations("rights");
  const { requestId = "" } = useParams({ strict: false });
  const right = useAsk("readRight", { params: { requestId }, query: { words: "left" } });
  return <Page title={t("one")}>{<Answered of={right}>{(known) => <Whole right={known} />}</Answered>}</Page>;
}

function Whole({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const session = useSession();
  const { requestId, clock, rule } = right;
  return (
    <Stack gap="md" maw="60rem">
      <Standing right={right} />
      <CarriedOut right={right} />
      <RightActs right={right} />
      <Card withBorder component="section">
        <Title order={2} mb="sm">
          {t("written")}
        </Title>
        <WrittenWords
          viewer={session.name}
          read={() => ask("readRight", { params: { requestId }, query: { words: "opened" } })}
          underTask={(taskId) => <TaskDone right={right} taskId={taskId} />}
        />
      </Card>
      <Card withBorder component="section">
        <Title order={2} mb="sm">
          {t("clock")}
        </Title>
        <LawClock clock={clock} rule={rule} />
        {rule !== null && <Confidence {...rule} />}
      </Card>
      <Laws right={right} />
    </Stack>
  );
}

function Standing({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const placeName = usePlaceName();
  const { due, identity, decision, assigneeId, tasks } = right;
  const shown = right.tries.findLast(({ passed }) => passed);
  const done = tasks.filter(({ doneAt }) => doneAt !== null).length;
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Text fw={600}>{w(`kinds.${right.kind}`)}</Text>
        {right.state === "decided" || right.state === "closed" ? (
          <Badge size="lg" variant="default" tt="none">
            {w(`states.${right.state}`)}
          </Badge>
        ) : (
          <Due daysLeft={due.daysLeft} what={due.what} isStopped={due.isStopped} on={due.on} />
        )}
      </Group>
      <Facts
        of={[
          [t("state"), w(`states.${right.state}`)],
          [t("identity"), right.duplicateOf === null ? w(`identity.${identity}`) : w("duplicate")],
          [t("shownBy"), shown && <ShownBy key="shown" shown={shown} />],
          [t("authority"), right.authorityDocumentId && <Authority key="authority" right={right} />],
          [t("about"), w(`matters.${right.about}`)],
          [t("place"), placeName(right.place)],
          [t("channel"), w(`channels.${right.channel}`)],
          [t("received"), <Moment key="received" at={right.receivedAt} />],
          [t("assignee"), assigneeId === null ? t("assignees.nobody") : <Who key="assignee" id={assigneeId} />],
          [t("customer"), <CustomerLink key="customer" id={right.customerId} />],
          [t("acknowledged"), right.acknowledgedAt && <Moment key="acknowledged" at={right.acknowledgedAt} />],
          [t("extended"), right.extension && <Moment key="extended" at={right.extension.at} />],
          [t("tasks"), tasks.length === 0 ? null : t("tasksDone", { done, all: tasks.length })],
          [t("restricted"), right.isRestricted ? t("inForce") : null],
          [t("decision"), decision === null ? null : w(`outcomes.${decision.outcome}`)],
          [t("found"), decision?.found == null ? null : t(`founds.${decision.found}`)],
          [t("ground"), decision?.ground?.text],
          [t("closeAs"), right.closedAs && t(`closed.${right.closedAs}`)],
          [t("fulfilment"), decision?.fulfilmentId == null ? null : <ShortId key="f" id={decision.fulfilmentId} />],
        ]}
      />
      {right.duplicateOf !== null && <Alert mt="sm">{t("isDuplicate")}</Alert>}
    </Card>
  );
}

/** Who saw to it that this is the right person, or their agent, and by what. */
function ShownBy({ shown: { by, method, at, callId } }: { readonly shown: Right["tries"][number] }): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  return (
    <>
      <Text size="sm">{w(`methods.${method as "documents"}`)}</Text>
      {callId !== null && (
        <Text size="sm" component="div">
          {t.rich("inCall", { call: () => <ShortId id={callId} /> })}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div">
        <Who id={by} />, <Moment at={at} />
      </Text>
    </>
  );
}

function Authority({ right: { customerId, authorityDocumentId } }: { readonly right: Right }): ReactNode {
  const recordId = authorityDocumentId ?? "";
  return (
    <Group gap="xs">
      <ShortId id={recordId} />
      <OpenPaper customerId={customerId} recordId={recordId} />
    </Group>
  );
}

function CustomerLink({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("rights");
  return (
    <Group gap="xs">
      <ShortId id={id} />
      <Anchor component={Link} to={`/customers/${id}`} size="sm">
        {t("customerPage")}
      </Anchor>
    </Group>
  );
}

function Laws({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  return (
    <Card withBorder component="section">
      <Title order={2} mb="sm">
        {t("laws")}
      </Title>
      {right.judged.length === 0 && <Text size="sm">{t("noLaw")}</Text>}
      <List size="sm" spacing="xs">
        {right.judged.map(({ rule, verdict }) => (
          <List.Item key={rule.ruleId}>
            <Text span inherit fw={rule.ruleId === right.ruleId ? 600 : 400}>
              {rule.citation}
            </Text>
            {": "}
            {w(`verdicts.${verdict}`)}
            {rule.ruleId === right.ruleId && ` ${t("governs")}`}
            {verdict.endsWith("exempt") && rule.exemption !== null && <LeftOut exemption={rule.exemption} />}
            <Text size="sm" c="dimmed">
              {w(`confidence.${rule.confidence}`)} {w(`confirmed.${rule.confirmed}`)}
            </Text>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
