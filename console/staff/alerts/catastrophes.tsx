// Wider ceilings of volume after a catastrophe: asked for by one, approved by another, for a time.
import { Badge, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import type { Column } from "../../shared/table/column.ts";
import { ActForm } from "../governing/act-form.tsx";
import { useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Who } from "../governing/who.tsx";
import { AlertTabs } from "./alert-tabs.tsx";
import { AskCatastrophe } from "./ask-catastrophe.tsx";

type Catastrophe = AnswerOf<"listCatastrophes">["items"][number];

export function Catastrophes(): ReactNode {
  const t = useTranslations("alerts.modes");
  const may = useMay();
  const list = useAsk("listCatastrophes", {});
  const columns = useColumns();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        may("catastrophe.request") && (
          <DialogButton
            variant="filled"
            label={t("ask")}
            title={t("ask")}
            dialog={(close) => <AskCatastrophe onDone={close} />}
          />
        )
      }
    >
      <AlertTabs />
      <Answered of={list}>
        {({ items }) => (
          <DataTable
            label={t("title")}
            rows={items}
            rowKey={({ catastropheId }) => catastropheId}
            columns={columns}
            empty={t("empty")}
          />
        )}
      </Answered>
    </Page>
  );
}

function useColumns(): readonly Column<Catastrophe>[] {
  const t = useTranslations("alerts.modes");
  const name = useNames();
  const format = useFormatter();
  return [
    { key: "reason", title: t("reason"), cell: ({ reason }) => reason },
    { key: "roles", title: t("roles"), cell: ({ roles }) => format.list(roles.map(name.role)) },
    { key: "by", title: t("by"), cell: ({ requestedBy }) => <Who id={requestedBy} /> },
    { key: "ends", title: t("ends"), cell: ({ endsAt }) => <Moment at={endsAt} />, sortBy: ({ endsAt }) => endsAt },
    {
      key: "state",
      title: t("state"),
      cell: ({ approvedBy }) => (
        <Badge variant="light" color={approvedBy === null ? "yellow" : "green"}>
          {approvedBy === null ? t("waits") : t("inForce")}
        </Badge>
      ),
    },
    { key: "act", title: t("act"), cell: (mode) => <Acts mode={mode} />, align: "end" },
  ];
}

/** INVARIANT: whoever asked is not offered to approve. */
function Acts({ mode }: { readonly mode: Catastrophe }): ReactNode {
  const t = useTranslations("alerts.modes");
  const may = useMay();
  const { principalId } = useSession();
  const mayApprove = mode.approvedBy === null && mode.requestedBy !== principalId && may("catastrophe.approve");
  return (
    <Group gap="xs" justify="end" wrap="nowrap">
      {mayApprove && (
        <DialogButton
          size="compact-sm"
          variant="filled"
          label={t("approve")}
          title={t("approve")}
          dialog={(close) => <Deciding mode={mode} operation="approveCatastrophe" onDone={close} />}
        />
      )}
      {may("catastrophe.end") && (
        <DialogButton
          size="compact-sm"
          label={mode.approvedBy === null ? t("withdraw") : t("end")}
          title={mode.approvedBy === null ? t("withdraw") : t("end")}
          dialog={(close) => <Deciding mode={mode} operation="endCatastrophe" onDone={close} />}
        />
      )}
    </Group>
  );
}

interface DecidingProps {
  readonly mode: Catastrophe;
  readonly operation: "approveCatastrophe" | "endCatastrophe";
  readonly onDone: () => void;
}

function Deciding({ mode, operation, onDone }: DecidingProps): ReactNode {
  const t = useTranslations("alerts.modes");
  const name = useNames();
  const format = useFormatter();
  const act = useAct(operation, { changes: ["listCatastrophes", "listWork"], onDone });
  const { catastropheId, reason, roles, endsAt, requestedBy } = mode;
  return (
    <ActForm
      action={operation === "approveCatastrophe" ? t("approve") : t("end")}
      isDangerous={operation === "endCatastrophe"}
      act={act}
      onSubmit={() => act.mutate({ params: { catastropheId } })}
    >
      <Facts
        of={[
          [t("reason"), reason],
          [t("roles"), format.list(roles.map(name.role))],
          [t("by"), <Who key="by" id={requestedBy} />],
          [t("ends"), <Moment key="ends" at={endsAt} />],
        ]}
      />
    </ActForm>
  );
}
