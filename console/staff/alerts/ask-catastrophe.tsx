// Asking that the ceilings of some roles are widened until a time.
import { MultiSelect, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { localInput } from "../governing/local-time.ts";
import { choices, type Role, useCodes, useNames } from "../governing/choices.ts";

const DAYS_USUAL = 3;
const DAY_MS = 86_400_000;

export function AskCatastrophe({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("alerts.modes");
  const name = useNames();
  const codes = useCodes();
  const [reason, setReason] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [ends, setEnds] = useState(() => localInput(new Date(Date.now() + DAYS_USUAL * DAY_MS)));
  const ask = useAct("requestCatastrophe", {
    changes: ["listCatastrophes"],
    undo: ({ catastropheId }) => counter(t("asked"), "endCatastrophe", { params: { catastropheId } }),
    onDone,
  });
  return (
    <ActForm
      action={t("askNow")}
      act={ask}
      isIncomplete={reason.trim() === "" || roles.length === 0 || ends === ""}
      onSubmit={() =>
        ask.mutate({ body: { reason: reason.trim(), roles: [...roles], endsAt: new Date(ends).toISOString() } })
      }
    >
      <Text size="sm">{t("what")}</Text>
      <Textarea
        label={t("reason")}
        data-autofocus
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <MultiSelect
        label={t("roles")}
        searchable
        data={choices(codes.roles, name.role)}
        value={[...roles]}
        onChange={(values) => setRoles(values as Role[])}
      />
      <TextInput
        type="datetime-local"
        label={t("ends")}
        value={ends}
        onChange={(event) => setEnds(event.currentTarget.value)}
      />
    </ActForm>
  );
}
