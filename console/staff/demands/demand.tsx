// One legal demand: what it is, what is checked, who approved, what was produced.
import { Card, Stack, Text, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Facts } from "../../shared/facts.tsx";
import { Who } from "../governing/who.tsx";
import { DemandActs } from "./demand-acts.tsx";
import { DemandChecks } from "./demand-checks.tsx";
import { type Demand, useKindName } from "./demands.tsx";

export function DemandPage(): ReactNode {
  const t = useTranslations("demands");
  const { demandId = "" } = useParams({ strict: false });
  const demand = useAsk("readDemand", { params: { demandId } });
  return (
    <Page title={t("one")}>
      <Answered of={demand}>
        {(known) => (
          <Stack gap="md" maw="60rem">
            <What demand={known} />
            <Title order={2}>{t("checks")}</Title>
            <DemandChecks demand={known} />
            <Title order={2}>{t("decide")}</Title>
            <DemandActs demand={known} />
            <Title order={2}>{t("produced")}</Title>
            <Productions demandId={demandId} />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

function What({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  const words = useTranslations("words");
  const format = useFormatter();
  const kindName = useKindName();
  const { produced, approvals, notice } = demand;
  const classes = [...new Set(produced.flatMap((part) => part.classes))].map((name) => words(`classes.${name}`));
  const customers = new Set(produced.map(({ customerId }) => customerId)).size;
  return (
    <Card withBorder>
      <Text fw={600} mb="sm">
        {kindName(demand.kind)}, {demand.reference}
      </Text>
      <Facts
        of={[
          [t("state"), t(`states.${demand.state}`)],
          [t("issuer"), `${demand.issuer} (${demand.jurisdiction})`],
          [t("received"), <Moment key="received" at={demand.receivedAt} dateOnly />],
          [t("due"), demand.dueAt === null ? "–" : <Moment key="due" at={demand.dueAt} dateOnly />],
          [t("reaches"), `${format.list(classes)} · ${t("customers", { count: customers })}`],
          [t("takenIn"), <Who key="by" id={demand.takenIn.by} />],
          [t("told"), notice === null ? t("notSettled") : t(`notices.${notice.mode}`)],
          [t("approvedBy"), approvals.length === 0 ? "–" : approvals.map(({ by }) => <Who key={by} id={by} />)],
          [t("until"), demand.untilAt === null ? "–" : <Moment key="until" at={demand.untilAt} dateOnly />],
        ]}
      />
    </Card>
  );
}

function Productions({ demandId }: { readonly demandId: string }): ReactNode {
  const t = useTranslations("demands");
  const productions = useAsk("listDemandProductions", { params: { demandId } });
  return (
    <Answered of={productions}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t("nothingProduced")}</Text>
        ) : (
          <Stack gap={4}>
            {items.map(({ entryId, at, actorId, withheld }) => (
              <Text key={entryId} size="sm">
                <Moment at={at} /> · {actorId !== null && <Who id={actorId} />}
                {withheld && ` · ${t("withheld")}`}
              </Text>
            ))}
          </Stack>
        )
      }
    </Answered>
  );
}
