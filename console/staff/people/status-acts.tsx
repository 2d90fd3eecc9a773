// What puts somebody's rights in force, or stops them: only what the reader may, and what their status allows.
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Person } from "../governing/people.ts";

interface Change {
  readonly name: "leave" | "return" | "suspend" | "resume" | "revoke";
  readonly to: "active" | "on-leave" | "suspended" | "revoked";
  readonly from: readonly Person["status"][];
  readonly needs: string;
  readonly isDangerous?: true;
}

const CHANGES: readonly Change[] = [
  { name: "return", to: "active", from: ["on-leave"], needs: "staff.return" },
  { name: "resume", to: "active", from: ["suspended"], needs: "client.resume" },
  { name: "leave", to: "on-leave", from: ["active"], needs: "staff.leave" },
  { name: "suspend", to: "suspended", from: ["active", "on-leave"], needs: "client.suspend" },
  {
    name: "revoke",
    to: "revoked",
    from: ["pending", "active", "on-leave", "suspended"],
    needs: "client.revoke",
    isDangerous: true,
  },
];

export function StatusActs({ staff }: { readonly staff: Person }): ReactNode {
  const t = useTranslations("people");
  const may = useMay();
  const offered = CHANGES.filter(({ from, needs }) => from.includes(staff.status) && may(needs));
  return (
    <Group gap="xs">
      {staff.status === "pending" && may("staff.approve") && <Approval staff={staff} />}
      {offered.map((change) => (
        <DialogButton
          key={change.name}
          size="sm"
          label={t(`acts.${change.name}.label`)}
          title={t(`acts.${change.name}.label`)}
          dialog={(close) => <ChangeStatus staff={staff} change={change} onDone={close} />}
        />
      ))}
    </Group>
  );
}

interface ChangeStatusProps {
  readonly staff: Person;
  readonly change: Change;
  readonly onDone: () => void;
}

/** What leads back to where they were; null where nothing does. */
function changeBack(former: Person["status"], { to }: Change): Change | null {
  return CHANGES.find((each) => each.to === former && each.from.some((from) => from === to)) ?? null;
}

function ChangeStatus({ staff: { staffId, name, status }, change, onDone }: ChangeStatusProps): ReactNode {
  const t = useTranslations("people");
  const may = useMay();
  const back = changeBack(status, change);
  const act = useAct("changeStaff", {
    changes: ["getStaff", "listStaff"],
    undo: () =>
      back === null || !may(back.needs)
        ? null
        : counter(t(`acts.${change.name}.done`, { name }), "changeStaff", {
            params: { staffId },
            body: { status: back.to },
          }),
    onDone,
  });
  return (
    <ActForm
      action={t(`acts.${change.name}.label`)}
      isDangerous={change.isDangerous === true}
      act={act}
      onSubmit={() => act.mutate({ params: { staffId }, body: { status: change.to } })}
    >
      <Text size="sm">{t(`acts.${change.name}.means`, { name })}</Text>
    </ActForm>
  );
}

/** INVARIANT: offered only to whoever did not ask for them; the list of what waits says so. */
function Approval({ staff: { staffId, name } }: { readonly staff: Person }): ReactNode {
  const t = useTranslations("people");
  const work = useAsk("listWork", { query: { limit: 1 } });
  const waits = work.data?.waiting.some(({ principalId }) => principalId === staffId) === true;
  if (!waits) return <Text size="sm">{t("acts.approve.other")}</Text>;
  return (
    <DialogButton
      size="sm"
      variant="filled"
      label={t("acts.approve.label")}
      title={t("acts.approve.label")}
      dialog={(close) => <Approve staffId={staffId} name={name} onDone={close} />}
    />
  );
}

interface ApproveProps {
  readonly staffId: string;
  readonly name: string;
  readonly onDone: () => void;
}

function Approve({ staffId, name, onDone }: ApproveProps): ReactNode {
  const t = useTranslations("people");
  const act = useAct("approveStaff", { changes: ["getStaff", "listStaff", "listWork"], onDone });
  return (
    <ActForm action={t("acts.approve.label")} act={act} onSubmit={() => act.mutate({ params: { staffId } })}>
      <Text size="sm">{t("acts.approve.means", { name })}</Text>
    </ActForm>
  );
}
