// Who may vouch for somebody in person.
import { Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useSession } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Person } from "../governing/people.ts";
import { PersonSelect } from "../governing/person-select.tsx";

export function Supervisor({ staff }: { readonly staff: Person }): ReactNode {
  const t = useTranslations("people");
  return (
    <Group>
      <DialogButton
        size="compact-sm"
        label={t("nameSupervisor")}
        title={t("nameSupervisor")}
        dialog={(close) => <Naming staff={staff} onDone={close} />}
      />
    </Group>
  );
}

function Naming({ staff, onDone }: { readonly staff: Person; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("people");
  const { principalId } = useSession();
  const [supervisorId, setSupervisor] = useState(staff.supervisorId);
  const name = useAct("nameSupervisor", {
    changes: ["getStaff", "listStaff"],
    undo: () =>
      counter(t("supervisorNamed", { name: staff.name }), "nameSupervisor", {
        params: { staffId: staff.staffId },
        body: { supervisorId: staff.supervisorId },
      }),
    onDone,
  });
  return (
    <ActForm
      action={t("save")}
      act={name}
      onSubmit={() => name.mutate({ params: { staffId: staff.staffId }, body: { supervisorId } })}
    >
      <PersonSelect
        label={t("supervisor")}
        description={t("supervisorHint")}
        without={[staff.staffId, principalId]}
        value={supervisorId}
        onChange={setSupervisor}
      />
    </ActForm>
  );
}
