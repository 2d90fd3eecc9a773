// Asking for more than one's own for some hours: another role's work, or more purposes, rows or classes.
import { MultiSelect, NumberInput, Select, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { useSession } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type Purpose, type Role, useNames } from "../governing/choices.ts";

export type Rules = AnswerOf<"getAccessRules">;

export interface AskProps {
  readonly rules: Rules;
  readonly onDone: () => void;
}

const REASON_MIN = 10;
const HOURS_USUAL = 8;

export function AskElevation({ rules, onDone }: AskProps): ReactNode {
  const t = useTranslations("requests");
  const name = useNames();
  const { role: ownRole } = useSession();
  const [role, setRole] = useState<Role>(ownRole);
  const [purposes, setPurposes] = useState<readonly Purpose[]>([]);
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState(Math.min(HOURS_USUAL, rules.elevationHoursMax));
  const ask = useAct("requestGrant", {
    changes: ["listGrants"],
    undo: ({ grantId }) => counter(t("requested"), "endGrant", { params: { grantId } }),
    onDone,
  });
  const rulesOf = (of: Role) => rules.roles.find((each) => each.role === of);
  const roles = [ownRole, ...(rulesOf(ownRole)?.elevatedTo ?? [])];
  return (
    <ActForm
      action={t("askNow")}
      act={ask}
      isIncomplete={purposes.length === 0 || reason.trim().length < REASON_MIN}
      onSubmit={() =>
        ask.mutate({
          body: {
            form: "elevation",
            ...(role === ownRole ? {} : { role }),
            purposes: [...purposes],
            reason: reason.trim(),
            hours,
          },
        })
      }
    >
      <Text size="sm">{t("elevation.what")}</Text>
      <Select
        label={t("elevation.role")}
        data={choices(roles, name.role)}
        allowDeselect={false}
        data-autofocus
        value={role}
        onChange={(value) => {
          setRole(value as Role);
          setPurposes([]);
        }}
      />
      <MultiSelect
        label={t("elevation.purposes")}
        data={choices(rulesOf(role)?.purposes ?? [], name.purpose)}
        value={[...purposes]}
        onChange={(values) => setPurposes(values as Purpose[])}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        required
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label={t("hours", { hoursMax: rules.elevationHoursMax })}
        min={1}
        max={rules.elevationHoursMax}
        value={hours}
        onChange={(value) => setHours(Number(value))}
      />
    </ActForm>
  );
}
