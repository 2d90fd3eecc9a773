// One webhook: what it is, what may be done with it, and its deliveries.
import { Card, Stack } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Facts } from "../../shared/facts.tsx";
import { Who } from "../governing/who.tsx";
import { Deliveries } from "./deliveries.tsx";
import { WebhookActs } from "./webhook-acts.tsx";
import type { Webhook } from "./webhooks.tsx";

export function WebhookPage(): ReactNode {
  const t = useTranslations("webhooks");
  const { webhookId = "" } = useParams({ strict: false });
  const webhooks = useAsk("listWebhooks", {});
  const known = webhooks.data?.items.find((one) => one.webhookId === webhookId);
  return (
    <Page title={known?.name ?? t("one")}>
      <Answered of={webhooks}>
        {() => (known === undefined ? <Empty>{t("ended")}</Empty> : <Whole webhook={known} />)}
      </Answered>
    </Page>
  );
}

function Whole({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const t = useTranslations("webhooks");
  const { requestedBy, approvedBy, approvedAt, types, url } = webhook;
  return (
    <Stack gap="md">
      <Card withBorder maw="60rem">
        <Facts
          of={[
            [t("state"), t(`states.${webhook.state}`)],
            [t("url"), url],
            [t("types"), types.map((type) => t(`events.${type.replace(".", "-") as "customer-erased"}`)).join(", ")],
            [t("requestedBy"), <Who key="asker" id={requestedBy} />],
            [t("approvedBy"), approvedBy === null ? null : <Who key="second" id={approvedBy} />],
            [t("since"), approvedAt === null ? null : <Moment key="since" at={approvedAt} />],
          ]}
        />
      </Card>
      <WebhookActs webhook={webhook} />
      <Deliveries webhookId={webhook.webhookId} />
    </Stack>
  );
}
