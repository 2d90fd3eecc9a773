// Canary customers: whoever opens one is alerted about, and cannot tell.
import { Button, Group, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { isId } from "../governing/ids.ts";
import { Who } from "../governing/who.tsx";
import { AlertTabs } from "./alert-tabs.tsx";

type Canary = AnswerOf<"listCanaries">["items"][number];

export function Canaries(): ReactNode {
  const t = useTranslations("alerts.canaries");
  const may = useMay();
  const list = useAsk("listCanaries", {});
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        may("canary.mark") && (
          <DialogButton
            variant="filled"
            label={t("mark")}
            title={t("mark")}
            dialog={(close) => <Mark onDone={close} />}
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
            rowKey={({ customerId }) => customerId}
            columns={[
              { key: "customer", title: t("customer"), cell: ({ customerId }) => customerId },
              { key: "note", title: t("note"), cell: ({ note }) => note },
              { key: "by", title: t("by"), cell: ({ by }) => <Who id={by} /> },
              { key: "at", title: t("at"), cell: ({ at }) => <Moment at={at} />, sortBy: ({ at }) => at },
              { key: "act", title: t("act"), cell: (canary) => <Unmark canary={canary} />, align: "end" },
            ]}
            empty={t("empty")}
          />
        )}
      </Answered>
    </Page>
  );
}

function Mark({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("alerts.canaries");
  const [customerId, setCustomerId] = useState("");
  const [note, setNote] = useState("");
  const mark = useAct("markCanary", {
    changes: ["listCanaries"],
    undo: (_answer, { body }) => counter(t("marked"), "unmarkCanary", { params: { customerId: body.customerId } }),
    onDone,
  });
  return (
    <ActForm
      action={t("mark")}
      act={mark}
      isIncomplete={!isId(customerId)}
      onSubmit={() => mark.mutate({ body: { customerId: customerId.trim(), note: note.trim() } })}
    >
      <Text size="sm">{t("what")}</Text>
      <TextInput
        label={t("customer")}
        description={t("customerHint")}
        data-autofocus
        spellCheck={false}
        value={customerId}
        onChange={(event) => setCustomerId(event.currentTarget.value)}
      />
      <Textarea
        label={t("note")}
        description={t("noteHint")}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActForm>
  );
}

function Unmark({ canary: { customerId, note } }: { readonly canary: Canary }): ReactNode {
  const t = useTranslations("alerts.canaries");
  const may = useMay();
  const unmark = useAct("unmarkCanary", {
    changes: ["listCanaries"],
    undo: () => counter(t("unmarked"), "markCanary", { body: { customerId, note } }),
  });
  if (!may("canary.mark")) return null;
  return (
    <Group gap="xs" justify="end">
      {unmark.error !== null && <Text size="sm">{t("failed")}</Text>}
      <Button
        size="compact-sm"
        variant="default"
        loading={unmark.isPending}
        onClick={() => unmark.mutate({ params: { customerId } })}
      >
        {t("unmark")}
      </Button>
    </Group>
  );
}
