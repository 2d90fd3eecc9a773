// Looked at first, then made: the preview is asked for by a button, for each one is an entry of the ledger.
import { Button, Card, Checkbox, Group, Radio, Select, Stack, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { LIFETIMES_HOURS, PREVIEWED_MAX, questionOf, runOf, wayOf } from "./draft.ts";
import type { DraftProps, Made } from "./new-package.tsx";
import { FlowChecks, type FlowChecked } from "./flow-checks.tsx";
import { Preview } from "./preview.tsx";

interface MakingProps extends DraftProps {
  readonly onMade: (made: Made) => void;
}

interface Looked {
  /** What it was asked for: another question has another answer. */
  readonly question: string;
  readonly answer: AnswerOf<"previewPackage">;
}

export function Making({ draft, set, onMade }: MakingProps): ReactNode {
  const t = useTranslations("sharing");
  const [looked, setLooked] = useState<Looked | null>(null);
  const run = runOf(draft);
  const question = draft.flow === null ? questionOf(draft) : null;
  const key = JSON.stringify(run ?? question);
  const onDone = (answer: Looked["answer"]): void => setLooked({ question: key, answer });
  const [checked, setChecked] = useState<FlowChecked>([]);
  const previewFlow = useAct("previewFlow", {
    onDone: (answer) => {
      onDone(answer);
      setChecked(answer.checks);
    },
  });
  const previewOwn = useAct("previewPackage", { onDone });
  const changes = ["listPackages"] as const;
  const runFlow = useAct("runFlow", { changes, onDone: onMade });
  const make = useAct("makePackage", { changes, onDone: onMade });
  const look = (): void => {
    const some = <Body extends { readonly customers: readonly unknown[] }>(body: Body): Body => ({
      ...body,
      customers: body.customers.slice(0, PREVIEWED_MAX),
    });
    if (run !== null) previewFlow.mutate({ ...run, body: some(run.body) });
    else if (question !== null) previewOwn.mutate({ body: some(question) });
  };
  const send = (): void => {
    if (run !== null) runFlow.mutate({ ...run, body: { ...run.body, ...wayOf(draft) } });
    else if (question !== null) make.mutate({ body: { ...question, ...wayOf(draft), format: draft.format } });
  };
  const isCurrent = looked?.question === key;
  return (
    <>
      <Group>
        <Button
          variant="default"
          disabled={run === null && question === null}
          loading={previewFlow.isPending || previewOwn.isPending}
          onClick={look}
        >
          {t("look")}
        </Button>
      </Group>
      <Trouble error={previewFlow.error ?? previewOwn.error} />
      {isCurrent && (
        <>
          {draft.flow !== null && <FlowChecks flow={draft.flow} checked={checked} />}
          <Preview answer={looked.answer} asked={(run?.body ?? question)?.customers.length ?? 0} />
          <Delivery draft={draft} set={set} />
          <Trouble error={runFlow.error ?? make.error} />
          <Group>
            <Button loading={runFlow.isPending || make.isPending} onClick={send}>
              {t("makeNow")}
            </Button>
          </Group>
        </>
      )}
    </>
  );
}

function Delivery({ draft, set }: DraftProps): ReactNode {
  const t = useTranslations("sharing");
  return (
    <Card withBorder component="section" aria-label={t("delivery")}>
      <Title order={2} size="h3" mb="sm">
        {t("delivery")}
      </Title>
      <Stack gap="sm">
        <Radio.Group
          aria-label={t("delivery")}
          value={draft.delivery}
          onChange={(value) => set({ delivery: value === "room" ? "room" : "key" })}
        >
          <Stack gap="xs">
            <Radio value="key" label={t("deliveries.key")} description={t("keyWhat")} />
            <Radio value="room" label={t("deliveries.room")} description={t("roomWhat")} />
          </Stack>
        </Radio.Group>
        {draft.delivery === "room" && (
          <Checkbox
            label={t("mayDownload")}
            description={t("mayDownloadWhat")}
            checked={draft.mayDownload}
            onChange={(event) => set({ mayDownload: event.currentTarget.checked })}
          />
        )}
        {draft.delivery === "key" && draft.flow === null && (
          <Select
            label={t("format")}
            allowDeselect={false}
            data={["json", "csv"].map((value) => ({ value, label: value.toUpperCase() }))}
            value={draft.format}
            onChange={(value) => set({ format: value === "csv" ? "csv" : "json" })}
          />
        )}
        <Select
          label={t("waits")}
          allowDeselect={false}
          data={LIFETIMES_HOURS.map((hours) => ({ value: String(hours), label: t("days", { count: hours / 24 }) }))}
          value={String(draft.lifetimeHours)}
          onChange={(value) => set({ lifetimeHours: Number(value) })}
        />
      </Stack>
    </Card>
  );
}
