// Asking that two people approve what the role alone may not see of one customer.
import { MultiSelect, NumberInput, Select, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useSession } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type DataClass, type Purpose, useCodes, useNames } from "../governing/choices.ts";
import { isId } from "../governing/ids.ts";
import type { AskProps } from "./ask-elevation.tsx";

const REASON_MIN = 10;
const HOURS_USUAL = 8;

export function AskApproval({ rules, onDone }: AskProps): ReactNode {
  const t = useTranslations("requests");
  const name = useNames();
  const codes = useCodes();
  const { role } = useSession();
  const [customerId, setCustomerId] = useState("");
  const [classes, setClasses] = useState<readonly DataClass[]>([]);
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState(Math.min(HOURS_USUAL, rules.approvalHoursMax));
  const ask = useAct("requestGrant", {
    changes: ["listGrants"],
    undo: ({ grantId }) => counter(t("requested"), "endGrant", { params: { grantId } }),
    onDone,
  });
  const isKnown = isId(customerId);
  const isIncomplete = !isKnown || classes.length === 0 || purpose === null || reason.trim().length < REASON_MIN;
  const send = (): void => {
    if (purpose === null) return;
    const about = { customerId: customerId.trim(), classes: [...classes], purpose };
    ask.mutate({ body: { form: "two-person", ...about, reason: reason.trim(), hours } });
  };
  return (
    <ActForm action={t("askNow")} act={ask} isIncomplete={isIncomplete} onSubmit={send}>
      <Text size="sm">{t("approval.what")}</Text>
      <TextInput
        label={t("approval.customer")}
        description={t("approval.customerHint")}
        data-autofocus
        spellCheck={false}
        value={customerId}
        error={customerId !== "" && !isKnown ? t("approval.noId") : undefined}
        onChange={(event) => setCustomerId(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("classes")}
        data={choices(codes.classes, name.dataClass)}
        value={[...classes]}
        onChange={(values) => setClasses(values as DataClass[])}
      />
      <Select
        label={t("approval.purpose")}
        data={choices(rules.roles.find((each) => each.role === role)?.purposes ?? [], name.purpose)}
        value={purpose}
        onChange={(value) => setPurpose(value as Purpose | null)}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label={t("hours", { hoursMax: rules.approvalHoursMax })}
        min={1}
        max={rules.approvalHoursMax}
        value={hours}
        onChange={(value) => setHours(Number(value))}
      />
    </ActForm>
  );
}
