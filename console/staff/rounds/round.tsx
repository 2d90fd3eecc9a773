// One round: how far it is, whom it found by law, way and language, its decision, and the proof of each.
import { Button, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { question } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";
import { LetterTabs } from "../letters/letter-tabs.tsx";
import { DecideRound } from "./decide-round.tsx";
import { RoundCustomers } from "./round-customers.tsx";
import { NoticeLaw, RoundState, useNoticeTitle } from "./rounds.tsx";

export type Round = AnswerOf<"getNoticeRound">;

const AGAIN_MS = 1000;
const MOVING: readonly Round["state"][] = ["previewing", "approved"];

export function RoundPage(): ReactNode {
  const t = useTranslations("rounds");
  const { roundId = "" } = useParams({ strict: false });
  const found = useQuery({
    ...question("getNoticeRound", { params: { roundId } }),
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data !== undefined && MOVING.includes(data.state) ? AGAIN_MS : false,
  });
  return (
    <Answered of={found} title={t("title")}>
      {(known) => <Whole of={known} />}
    </Answered>
  );
}

function Whole({ of }: { readonly of: Round }): ReactNode {
  const title = useNoticeTitle();
  return (
    <Page title={title(of.notice)} lead={of.reason} actions={<Acts of={of} />}>
      <LetterTabs />
      <div role="status">
        <Group gap="sm">
          <RoundState state={of.state} />
          {MOVING.includes(of.state) && <Bar of={of} />}
        </Group>
      </div>
      <Counts of={of} />
      {of.found !== null && <RoundCustomers roundId={of.roundId} state={of.state} />}
    </Page>
  );
}

function Bar({ of: { progress } }: { readonly of: Round }): ReactNode {
  const t = useTranslations("rounds.one");
  const { done, total } = progress ?? { done: 0, total: 1 };
  const told = t("progressOf", { done, total });
  return (
    <Stack gap={4} style={{ flexGrow: 1 }} maw={420}>
      <Progress.Root>
        <Progress.Section value={(100 * done) / Math.max(1, total)} aria-label={t("progress")} aria-valuetext={told} />
      </Progress.Root>
      <Text size="xs">{told}</Text>
    </Stack>
  );
}

type Counted = NonNullable<Round["found"]>["byWhy"];

function Counts({ of: { notice, asked, found, decided, ended } }: { readonly of: Round }): ReactNode {
  const t = useTranslations("rounds.one");
  const names = useTranslations("rounds");
  const format = useFormatter();
  const by = (act: Round["asked"] | null): ReactNode =>
    act === null ? null : (
      <>
        <Who id={act.by} />, <Moment at={act.at} />
      </>
    );
  const listed = (under: "why" | "channels" | "languages" | "reasons", counts: Counted): string =>
    counts.map(({ name, count }) => `${names(`${under}.${name}` as never)}: ${format.number(count)}`).join(", ");
  const counts =
    found === null
      ? []
      : ([
          [t("law"), <NoticeLaw key="law" code={notice} />],
          [t("version"), found.version],
          [t("judged"), format.number(found.judged)],
          [t("due"), format.number(found.due)],
          [t("byWhy"), listed("why", found.byWhy)],
          [t("byLaw"), found.byLaw.map(({ name, count }) => `${name}: ${format.number(count)}`).join("; ")],
          [t("byChannel"), listed("channels", found.byChannel)],
          [t("byLanguage"), listed("languages", found.byLanguage)],
          [t("protected"), found.protected === 0 ? null : format.number(found.protected)],
          [t("beyond"), found.dueBeyond === 0 ? null : format.number(found.dueBeyond)],
          [t("blocked"), format.number(found.blocked)],
          [t("blockedWhy"), listed("reasons", found.blockedBy)],
        ] as const);
  return (
    <Card withBorder>
      <Facts
        isAcross
        of={[
          [t("asked"), by(asked)],
          [t("asOf"), found === null ? null : <Moment key="as-of" at={found.asOf} />],
          [t("decided"), by(decided)],
          ...counts,
          [t("ended"), ended === null ? null : <Moment key="ended" at={ended.at} />],
          [t("sent"), ended === null ? null : format.number(ended.sent)],
          [t("left"), ended === null ? null : format.number(ended.left)],
          [t("leftWhy"), listed("reasons", ended?.leftBy ?? [])],
          [t("digest"), found?.digest],
        ]}
      />
    </Card>
  );
}

/** INVARIANT: nobody is offered to decide on what they asked for; the server refuses it all the same. */
function Acts({ of }: { readonly of: Round }): ReactNode {
  const t = useTranslations("rounds");
  const may = useMay();
  const { principalId } = useSession();
  const { roundId, state, asked, found } = of;
  const withdraw = useAct("withdrawNoticeRound", { changes: ["getNoticeRound", "listNoticeRounds"] });
  const isOpen = state === "previewing" || state === "previewed";
  const isOwn = asked.by === principalId;
  return (
    <Stack gap={4}>
      <Trouble error={withdraw.error} />
      <Group gap="xs">
        {isOpen && may("notice-round.ask") && (
          <Button
            variant="default"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { roundId } })}
          >
            {t("withdraw")}
          </Button>
        )}
        {state === "previewed" && !isOwn && may("notice-round.decide") && found !== null && (
          <DecideRound roundId={roundId} found={found} />
        )}
      </Group>
      {state === "previewed" && isOwn && <Text size="sm">{t("decide.own")}</Text>}
    </Stack>
  );
}
