// Opening an emergency access for oneself: what it means is said before.
import { Alert, NumberInput, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";

const REASON_MIN = 10;
const MINUTES_MIN = 5;
const MINUTES_USUAL = 30;

export interface OpenEmergencyProps {
  readonly minutesMax: number;
  readonly onDone: () => void;
}

export function OpenEmergency({ minutesMax, onDone }: OpenEmergencyProps): ReactNode {
  const t = useTranslations("requests");
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState(Math.min(MINUTES_USUAL, minutesMax));
  const open = useAct("openBreakGlass", { changes: ["listGrants"], onDone });
  return (
    <ActForm
      action={t("emergency.confirm")}
      isDangerous
      act={open}
      isIncomplete={reason.trim().length < REASON_MIN}
      onSubmit={() => open.mutate({ body: { reason: reason.trim(), minutes } })}
    >
      <Alert color="orange" title={t("emergency.warning")}>
        {t("emergency.means")}
      </Alert>
      <Textarea
        label={t("emergency.reason")}
        description={t("reasonHint")}
        required
        data-autofocus
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label={t("emergency.minutes", { minutesMax })}
        min={MINUTES_MIN}
        max={minutesMax}
        value={minutes}
        onChange={(value) => setMinutes(Number(value))}
      />
    </ActForm>
  );
}
