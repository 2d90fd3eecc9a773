// One disposal: how far it is, what was found as pictures and as tables, its decision, and the certificate of the run.
import { Button, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { type AnswerOf, ask } from "../../shared/ask.ts";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { question } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";
import { DecideDisposal } from "./decide-disposal.tsx";
import { DisposalPictures } from "./disposal-pictures.tsx";
import { DisposalState } from "./disposals.tsx";
import { Listings } from "./listings.tsx";
import { DisposalUnits } from "./disposal-units.tsx";
import { RetentionTabs } from "./retention-tabs.tsx";

export type Disposal = AnswerOf<"getDisposal">;

const AGAIN_MS = 1000;
const MOVING: readonly Disposal["state"][] = ["previewing", "approved"];

export function DisposalPage(): ReactNode {
  const t = useTranslations("disposals");
  const { disposalId = "" } = useParams({ strict: false });
  const found = useQuery({
    ...question("getDisposal", { params: { disposalId } }),
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data !== undefined && MOVING.includes(data.state) ? AGAIN_MS : false,
  });
  return (
    <Answered of={found} title={t("one.title")}>
      {(known) => <Whole of={known} />}
    </Answered>
  );
}

function Whole({ of }: { readonly of: Disposal }): ReactNode {
  const t = useTranslations("disposals");
  return (
    <Page title={t("one.title")} lead={of.reason} actions={<Acts of={of} />}>
      <RetentionTabs />
      <div role="status">
        <Group gap="sm">
          <DisposalState state={of.state} />
          {MOVING.includes(of.state) && <Bar of={of} />}
        </Group>
      </div>
      <Counts of={of} />
      {of.found !== null && <DisposalPictures found={of.found} />}
      {of.found !== null && <DisposalUnits disposalId={of.disposalId} state={of.state} />}
    </Page>
  );
}

function Bar({ of: { progress } }: { readonly of: Disposal }): ReactNode {
  const t = useTranslations("disposals.one");
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

function Counts({ of: { asked, found, decided, ended } }: { readonly of: Disposal }): ReactNode {
  const t = useTranslations("disposals.one");
  const why = useTranslations("disposals.why");
  const format = useFormatter();
  const by = (act: Disposal["asked"] | null): ReactNode =>
    act === null ? null : (
      <>
        <Who id={act.by} />, <Moment at={act.at} />
      </>
    );
  const counts =
    found === null
      ? []
      : ([
          [t("judged"), format.number(found.judged)],
          [t("due"), format.number(found.due)],
          [t("beyond"), found.dueBeyond === 0 ? null : format.number(found.dueBeyond)],
          [t("blocked"), format.number(found.blocked)],
          [t("unjudged"), format.number(found.unjudged)],
          [t("notYet"), format.number(found.notYet)],
          [t("open"), format.number(found.open)],
        ] as const);
  const left = (ended?.leftBy ?? []).map(({ name, count }) => `${why(name as never)}: ${format.number(count)}`);
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
          [t("erased"), ended === null ? null : format.number(ended.erased)],
          [t("left"), ended === null ? null : format.number(ended.left)],
          [t("leftWhy"), left.join(", ")],
          [t("digest"), found?.digest],
        ]}
      />
    </Card>
  );
}

/** INVARIANT: nobody is offered to decide on what they asked for; the server refuses it all the same. */
function Acts({ of }: { readonly of: Disposal }): ReactNode {
  const t = useTranslations("disposals");
  const may = useMay();
  const { principalId } = useSession();
  const { disposalId, state, asked, found } = of;
  const params = { disposalId };
  const withdraw = useAct("withdrawDisposal", { changes: ["getDisposal", "listDisposals"] });
  const save = useMutation({
    mutationFn: async () => {
      const bundle = JSON.stringify(await ask("getDisposalCertificate", { params }));
      saveFile(new Blob([bundle], { type: "application/json" }), `disposal-${disposalId}.json`);
    },
  });
  const isOpen = state === "previewing" || state === "previewed";
  const isOwn = asked.by === principalId;
  return (
    <Stack gap={4}>
      <Trouble error={withdraw.error ?? save.error} />
      <Group gap="xs">
        {found !== null && <Listings disposalId={disposalId} />}
        {isOpen && may("disposal.ask") && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
            {t("withdraw")}
          </Button>
        )}
        {state === "previewed" && !isOwn && may("disposal.decide") && found !== null && (
          <DecideDisposal disposalId={disposalId} found={found} />
        )}
        {state === "complete" && may("opening.read") && (
          <Button
            variant="default"
            loading={save.isPending}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => save.mutate()}
          >
            {t("one.certificate")}
          </Button>
        )}
      </Group>
      {state === "previewed" && isOwn && <Text size="sm">{t("decide.own")}</Text>}
    </Stack>
  );
}
