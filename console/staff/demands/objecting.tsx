// Objecting to a demand, or recording that somebody did: production stops at once, until it is settled.
import { Alert, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";

export const GROUNDS = ["overbroad", "privileged", "no-jurisdiction", "not-served", "no-assurance", "other"] as const;
type Ground = (typeof GROUNDS)[number];

export function Objecting({ demandId }: { readonly demandId: string }): ReactNode {
  const t = useTranslations("demands.objecting");
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={(close) => <Objection demandId={demandId} onDone={close} />}
    />
  );
}

function Objection({ demandId, onDone }: { readonly demandId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("demands.objecting");
  const [ground, setGround] = useState<Ground | null>(null);
  const act = useAct("objectToDemand", { changes: ["readDemand", "listDemands"], onDone });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isDangerous
      isIncomplete={ground === null}
      onCancel={onDone}
      onSubmit={() => ground !== null && act.mutate({ params: { demandId }, body: { ground } })}
    >
      <Select
        label={t("ground")}
        data={GROUNDS.map((value) => ({ value, label: t(`grounds.${value}`) }))}
        value={ground}
        onChange={(value) => setGround(value as Ground | null)}
      />
      <Alert color="yellow">{t("effect")}</Alert>
    </ActForm>
  );
}
