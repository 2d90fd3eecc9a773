// The release of a legal hold: asked for by one, decided by another.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";

const REASON_MIN = 3;
const CHANGES = ["listHolds"] as const;

export function AskRelease({ holdId }: { readonly holdId: string }): ReactNode {
  const t = useTranslations("retention.release");
  return (
    <DialogButton
      size="compact-sm"
      label={t("ask")}
      title={t("askTitle")}
      dialog={(close) => <Asking holdId={holdId} onDone={close} />}
    />
  );
}

function Asking({ holdId, onDone }: { readonly holdId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("retention.release");
  const [reason, setReason] = useState("");
  const act = useAct("askHoldRelease", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("ask")}
      act={act}
      isIncomplete={reason.trim().length < REASON_MIN}
      onSubmit={() => act.mutate({ params: { holdId }, body: { reason: reason.trim() } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("two")}</Text>
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}

export function DecideRelease({ holdId, reason }: { readonly holdId: string; readonly reason: string }): ReactNode {
  const t = useTranslations("retention.release");
  return (
    <DialogButton
      size="compact-sm"
      label={t("decide")}
      title={t("decideTitle")}
      dialog={(close) => <Deciding holdId={holdId} reason={reason} onDone={close} />}
    />
  );
}

interface DecidingProps {
  readonly holdId: string;
  readonly reason: string;
  readonly onDone: () => void;
}

function Deciding({ holdId, reason, onDone }: DecidingProps): ReactNode {
  const t = useTranslations("retention.release");
  const act = useAct("decideHoldRelease", { changes: CHANGES, onDone });
  const decide = (approve: boolean): void => act.mutate({ params: { holdId }, body: { approve } });
  return (
    <Stack>
      <Trouble error={act.error} />
      <Text size="sm" c="dimmed">
        {t("asked")}
      </Text>
      <Text>{reason}</Text>
      <Group justify="end">
        <Button variant="default" loading={act.isPending} onClick={() => decide(false)}>
          {t("refuse")}
        </Button>
        <Button color="red.9" loading={act.isPending} onClick={() => decide(true)}>
          {t("approve")}
        </Button>
      </Group>
    </Stack>
  );
}
