// What can be done about one who is to be told: a person has told them, they confirmed it, or it is sent once more.
import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Telling } from "./tellings.tsx";

const CHANNELS = ["mail", "package", "letter", "telephone", "webhook", "cannot"] as const;
type Channel = (typeof CHANNELS)[number];
const CHANGES = ["listTellings", "listWork"] as const;

export function TellingActs({ of: telling }: { readonly of: Telling }): ReactNode {
  const t = useTranslations("tellings.acts");
  const may = useMay();
  const act = useAct("stepTelling", { changes: CHANGES });
  if (!may("telling.work")) return null;
  const { tellingId, state, told } = telling;
  const isAgain = told === null && (state === "failed" || state === "by-hand");
  return (
    <Group gap="xs">
      {told === null && (
        <DialogButton
          size="compact-sm"
          label={t("told")}
          title={t("toldTitle")}
          dialog={(close) => <SayTold tellingId={tellingId} onDone={close} />}
        />
      )}
      {isAgain && telling.recipient !== null && (
        <Button
          size="compact-sm"
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ params: { tellingId }, body: { do: "send-again" } })}
        >
          {t("again")}
        </Button>
      )}
      {state === "sent" && told !== null && (
        <DialogButton
          size="compact-sm"
          label={t("confirmed")}
          title={t("confirmedTitle")}
          dialog={(close) => <SayConfirmed tellingId={tellingId} onDone={close} />}
        />
      )}
      <Trouble error={act.error} />
    </Group>
  );
}

interface DialogProps {
  readonly tellingId: string;
  readonly onDone: () => void;
}

function SayTold({ tellingId, onDone }: DialogProps): ReactNode {
  const t = useTranslations("tellings");
  const [channel, setChannel] = useState<Channel | null>(null);
  const [reference, setReference] = useState("");
  const act = useAct("stepTelling", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("acts.toldNow")}
      act={act}
      isIncomplete={channel === null || reference.trim() === ""}
      onSubmit={() =>
        channel !== null &&
        act.mutate({ params: { tellingId }, body: { do: "told", channel, reference: reference.trim() } })
      }
      onCancel={onDone}
    >
      <Text size="sm">{t("acts.toldLead")}</Text>
      <Select
        label={t("acts.how")}
        data={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
        value={channel}
        onChange={(value) => setChannel(value as Channel | null)}
      />
      <Reference value={reference} onChange={setReference} />
    </ActForm>
  );
}

function SayConfirmed({ tellingId, onDone }: DialogProps): ReactNode {
  const t = useTranslations("tellings.acts");
  const [reference, setReference] = useState("");
  const act = useAct("stepTelling", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("confirmedNow")}
      act={act}
      isIncomplete={reference.trim() === ""}
      onSubmit={() => act.mutate({ params: { tellingId }, body: { do: "confirmed", reference: reference.trim() } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("confirmedLead")}</Text>
      <Reference value={reference} onChange={setReference} />
    </ActForm>
  );
}

function Reference({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (to: string) => void;
}): ReactNode {
  const t = useTranslations("tellings.acts");
  return (
    <TextInput
      label={t("reference")}
      description={t("referenceHint")}
      maxLength={200}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
