// What the decision came to, deed by deed, with what failed and what stood against it; and what can be had of it.
import { Alert, Anchor, Card, List, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { Deeds } from "../../shared/rights/deeds.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import type { Right } from "./right.tsx";

type Deed = Right["deeds"][number];

export function CarriedOut({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const { deeds, returned, decision } = right;
  if (deeds.length === 0) return null;
  return (
    <Card withBorder component="section">
      <Title order={2} mb="sm">
        {t("carriedOut")}
      </Title>
      <Stack gap="sm">
        {returned.length > 0 && decision === null && <Alert color="orange">{t("wentBack")}</Alert>}
        <Deeds deeds={deeds} more={(deed) => <More deed={deed} customerId={right.customerId} />} />
      </Stack>
    </Card>
  );
}

interface MoreProps {
  readonly deed: Deed;
  readonly customerId: string;
}

function More({ deed, customerId }: MoreProps): ReactNode {
  const t = useTranslations("rights");
  const { resultId, fault, tries, againAt, obstacles, recipient, told } = deed;
  const whom = recipient?.recipientId ?? recipient?.principalId ?? null;
  return (
    <>
      {recipient !== null && (
        <Text size="sm" c="dimmed" component="div">
          {recipient.type} {whom !== null && <ShortId id={whom} />} {t("correction.times", { count: recipient.times })}
          {", "}
          <Moment at={recipient.at} />
        </Text>
      )}
      {told !== null && (
        <Text size="sm">
          {t("correction.toldBy", {
            channel: t(`correction.channels.${told.channel}`),
            reference: told.reference,
          })}
        </Text>
      )}
      {deed.do === "correct" && deed.state === "waits" && (
        <Text size="sm">
          {t("waitsFor")}{" "}
          <Anchor component={Link} to={`/customers/${customerId}/records`} inherit>
            {t("toChange")}
          </Anchor>
        </Text>
      )}
      {resultId !== null && deed.do !== "correct" && (
        <Text size="sm" c="dimmed" component="div">
          {t(`results.${deed.do}`)} <ShortId id={resultId} />
        </Text>
      )}
      {fault !== null && (
        <Text size="sm" c="red.9">
          {t("failedTries", { tries, fault })}
          {againAt !== null && t.rich("againAt", { at: () => <Moment at={againAt} /> })}
        </Text>
      )}
      {obstacles.length > 0 && (
        <List size="sm">
          {obstacles.map(({ kind, unitId, citation, until }) => (
            <List.Item key={`${kind} ${unitId ?? ""} ${citation}`}>
              {t(`obstacles.${kind as "legal-hold"}`)}
              {/* What no law forbids has no citation. */}
              {citation !== "-" && `: ${citation}`}
              {until !== null && ` (${t("until")} ${until})`}
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
