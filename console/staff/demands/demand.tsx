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
import { Confidence } from "../governing/confidence.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import { Who } from "../governing/who.tsx";
import { OpenPaper } from "../permissions/open-paper.tsx";
import { DemandActs } from "./demand-acts.tsx";
import { DemandChecks } from "./demand-checks.tsx";
import { type Demand, useKindName } from "./demands.tsx";
import { GROUNDS } from "./objecting.tsx";
import { Produce } from "./produce.tsx";

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
            {known.state === "approved" && <Produce demand={known} />}
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
      <Law kind={demand.kind} />
      <Facts
        of={[
          [t("state"), t(`states.${demand.state}`)],
          [t("issuer"), `${demand.issuer} (${demand.jurisdiction})`],
          [t("received"), <Moment key="received" at={demand.receivedAt} dateOnly />],
          [t("due"), demand.dueAt === null ? "–" : <Moment key="due" at={demand.dueAt} dateOnly />],
          [t("reaches"), `${format.list(classes)} · ${t("customers", { count: customers })}`],
          [t("recipient"), <Recipient key="recipient" of={demand.recipient} />],
          [t("period"), <Period key="period" of={demand.period} />],
          [t("document"), <OpenPaper key="document" {...demand.document} />],
          [t("objection"), demand.objection === null ? null : <Objection key="objection" of={demand.objection} />],
          [t("takenIn"), <Who key="by" id={demand.takenIn.by} />],
          [t("told"), notice === null ? t("notSettled") : t(`notices.${notice.mode}`)],
          [t("approvedBy"), approvals.length === 0 ? "–" : <Approvers key="approvals" of={approvals} />],
          [t("until"), demand.untilAt === null ? "–" : <Moment key="until" at={demand.untilAt} dateOnly />],
        ]}
      />
    </Card>
  );
}

/** The rule that this kind of process goes by, and how sure of it we are. */
function Law({ kind: name }: { readonly kind: string }): ReactNode {
  const kind = useAsk("listDemandRules", {}).data?.kinds.find((one) => one.kind === name);
  if (kind === undefined) return null;
  return (
    <Stack gap={4} mb="sm">
      <Text size="sm" c="dimmed">
        {kind.citation}
      </Text>
      <Confidence {...kind} />
    </Stack>
  );
}

function Recipient({ of: { type, recipientId } }: { readonly of: Demand["recipient"] }): ReactNode {
  const words = useTranslations("words");
  return (
    <>
      {words(`recipients.${type}` as "recipients.court")} {recipientId !== null && <ShortId id={recipientId} />}
    </>
  );
}

function Approvers({ of: approvals }: { readonly of: Demand["approvals"] }): ReactNode {
  return approvals.map(({ by }, at) => (
    <span key={by}>
      {at > 0 && ", "}
      <Who id={by} />
    </span>
  ));
}

function Period({ of: { from, to } }: { readonly of: Demand["period"] }): ReactNode {
  const t = useTranslations("demands");
  if (from === null && to === null) return t("noPeriod");
  return t("fromTo", { from: from ?? "…", to: to ?? "…" });
}

function Objection({ of: { ground, at, outcome } }: { readonly of: NonNullable<Demand["objection"]> }): ReactNode {
  const t = useTranslations("demands");
  const known = GROUNDS.find((one) => one === ground) ?? "other";
  return (
    <>
      {t(`objecting.grounds.${known}`)} · <Moment at={at} /> · {t(outcome ?? "unsettled")}
    </>
  );
}

function Productions({ demandId }: { readonly demandId: string }): ReactNode {
  const t = useTranslations("demands");
  const words = useTranslations("words");
  const productions = useAsk("listDemandProductions", { params: { demandId } });
  return (
    <Answered of={productions}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t("nothingProduced")}</Text>
        ) : (
          <Stack gap={4}>
            {items.map(({ entryId, customerId, at, actorId, recipientId, classes, withheld }) => (
              <Text key={entryId} size="sm">
                <Moment at={at} /> · {actorId !== null && <Who id={actorId} />} ·{" "}
                {classes.map((name) => words(`classes.${name}`)).join(", ")} · {t("ofCustomer")}{" "}
                <ShortId id={customerId} />
                {recipientId !== null && (
                  <>
                    {" "}
                    · {t("recipient")} <ShortId id={recipientId} />
                  </>
                )}{" "}
                · {t("entry")} <ShortId id={entryId} />
                {withheld && ` · ${t("withheld")}`}
              </Text>
            ))}
          </Stack>
        )
      }
    </Answered>
  );
}
