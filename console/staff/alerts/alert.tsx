// One alert: why, about whom, what was looked at, and the decision.
import { Alert as Notice, Badge, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Facts } from "../../shared/facts.tsx";
import { firstUp } from "../governing/first-up.ts";
import { Who } from "../governing/who.tsx";
import type { Alert } from "./alerts.tsx";
import { DecideAlert } from "./decide-alert.tsx";
import { Evidence } from "./evidence.tsx";

export function AlertPage(): ReactNode {
  const t = useTranslations("alerts");
  const { alertId = "" } = useParams({ strict: false });
  const alert = useAsk("getAlert", { params: { alertId } });
  return (
    <Page title={t("one")}>
      <Answered of={alert}>{(known) => <Whole alert={known} />}</Answered>
    </Page>
  );
}

function Whole({ alert }: { readonly alert: Alert }): ReactNode {
  const t = useTranslations("alerts");
  const { says, rules, principalId, points, openedAt, lastAt, evidence } = alert;
  return (
    <Stack gap="md" maw="60rem">
      <Card withBorder>
        <Text fw={600} mb="sm">
          {firstUp(says)}
        </Text>
        <Facts
          of={[
            [t("about"), <Who key="about" id={principalId} />],
            [t("points"), points],
            [t("opened"), <Moment key="opened" at={openedAt} />],
            [t("last"), <Moment key="last" at={lastAt} />],
            [
              t("rules"),
              <Group key="rules" gap={4}>
                {rules.map((rule) => (
                  <Badge key={rule} variant="default" tt="none">
                    {rule}
                  </Badge>
                ))}
              </Group>,
            ],
          ]}
        />
      </Card>
      <Decision alert={alert} />
      <Title order={2}>{t("evidence")}</Title>
      <Evidence of={evidence} />
    </Stack>
  );
}

/** INVARIANT: nobody is offered to decide what is about themselves. */
function Decision({ alert }: { readonly alert: Alert }): ReactNode {
  const t = useTranslations("alerts");
  const may = useMay();
  const { principalId } = useSession();
  const { decided } = alert;
  if (decided !== null) {
    return (
      <Notice color="gray" title={t(`decisions.${decided.decision}`)}>
        <List size="sm" listStyleType="none">
          <List.Item>{decided.reason}</List.Item>
          <List.Item>
            <Who id={decided.by} />, <Moment at={decided.at} />
          </List.Item>
          {decided.clearsUntil !== null && (
            <List.Item>{t.rich("clears", { at: () => <Moment at={decided.clearsUntil ?? ""} /> })}</List.Item>
          )}
        </List>
      </Notice>
    );
  }
  if (alert.principalId === principalId) return <Notice color="gray">{t("own")}</Notice>;
  return may("alert.decide") && <DecideAlert alertId={alert.alertId} />;
}
