// What can be done about one letter: it came back, it goes into the queue again, it is not sent at all.
import { Button, Group, Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { CHANGES } from "./make-batch.tsx";
import type { Letter } from "./queue.tsx";

type Reason = NonNullable<Letter["returned"]>["reason"];

export function LetterActs({ of: { letterId, state } }: { readonly of: Letter }): ReactNode {
  const t = useTranslations("letters.acts");
  const may = useMay();
  const act = useAct("stepLetter", { changes: CHANGES });
  if (!may("letter.work")) return null;
  const isStopped = state === "held" || state === "returned";
  return (
    <Group gap="xs">
      {state === "posted" && (
        <DialogButton
          size="compact-sm"
          label={t("returned")}
          title={t("returnedTitle")}
          dialog={(close) => <CameBack letterId={letterId} onDone={close} />}
        />
      )}
      {isStopped && (
        <Button
          size="compact-sm"
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ params: { letterId }, body: { step: "queue-again" } })}
        >
          {t("again")}
        </Button>
      )}
      {(isStopped || state === "waiting") && (
        <DialogButton
          size="compact-sm"
          label={t("cancel")}
          title={t("cancelTitle")}
          dialog={(close) => <Cancel letterId={letterId} onDone={close} />}
        />
      )}
      <Trouble error={act.error} />
    </Group>
  );
}

interface DialogProps {
  readonly letterId: string;
  readonly onDone: () => void;
}

function CameBack({ letterId, onDone }: DialogProps): ReactNode {
  const t = useTranslations("letters");
  const reasons = Object.keys(useMessages().letters.returned) as Reason[];
  const [reason, setReason] = useState<Reason | null>(null);
  const act = useAct("stepLetter", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("acts.returnedNow")}
      act={act}
      isIncomplete={reason === null}
      onSubmit={() => reason !== null && act.mutate({ params: { letterId }, body: { step: "returned", reason } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("acts.returnedLead")}</Text>
      <Select
        label={t("acts.reason")}
        data={reasons.map((value) => ({ value, label: t(`returned.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(value as Reason | null)}
      />
    </ActForm>
  );
}

function Cancel({ letterId, onDone }: DialogProps): ReactNode {
  const t = useTranslations("letters.acts");
  const act = useAct("stepLetter", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("cancelNow")}
      act={act}
      isDangerous
      onSubmit={() => act.mutate({ params: { letterId }, body: { step: "cancel" } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("cancelLead")}</Text>
    </ActForm>
  );
}
