// Webhooks: where events go, who stands for it, and how much waits or was given up.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { RequestWebhook } from "./request-webhook.tsx";

export type Webhook = AnswerOf<"listWebhooks">["items"][number];

export function Webhooks(): ReactNode {
  const t = useTranslations("webhooks");
  const may = useMay();
  const webhooks = useAsk("listWebhooks", {});
  const columns = useColumns();
  const request = may("webhook.request") && (
    <DialogButton
      label={t("request")}
      title={t("request")}
      variant="filled"
      dialog={(close) => <RequestWebhook onDone={close} />}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={request}>
      <Answered of={webhooks}>
        {({ items }) => (
          <DataTable
            label={t("title")}
            rows={items}
            rowKey={({ webhookId }) => webhookId}
            columns={columns}
            empty={t("empty")}
          />
        )}
      </Answered>
    </Page>
  );
}

function useColumns(): readonly Column<Webhook>[] {
  const t = useTranslations("webhooks");
  return [
    {
      key: "name",
      title: t("name"),
      cell: ({ webhookId, name }) => (
        <Anchor component={Link} to={`/webhooks/${webhookId}`} size="sm">
          {name}
        </Anchor>
      ),
      sortBy: ({ name }) => name,
    },
    {
      key: "state",
      title: t("state"),
      cell: ({ state }) => (
        <Badge variant="light" color={state === "in-force" ? "teal.9" : "gray"}>
          {t(`states.${state}`)}
        </Badge>
      ),
      sortBy: ({ state }) => state,
    },
    { key: "to", title: t("to"), cell: ({ url }) => new URL(url).host, sortBy: ({ url }) => url },
    {
      key: "waiting",
      title: t("waiting"),
      cell: ({ waiting }) => waiting,
      sortBy: ({ waiting }) => waiting,
      align: "end",
    },
    {
      key: "dead",
      title: t("dead"),
      cell: ({ dead }) => (dead === 0 ? 0 : <Badge color="red.9">{dead}</Badge>),
      sortBy: ({ dead }) => dead,
      align: "end",
    },
  ];
}
