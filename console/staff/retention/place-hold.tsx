// Puts customers, or one policy or claim, under a legal hold.
import { Select, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Hold } from "./holds.tsx";

const REASON_MIN = 3;
const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

export function PlaceHold({ customerId }: { readonly customerId?: string }): ReactNode {
  const t = useTranslations("retention.place");
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={(close) => <Placing customerId={customerId ?? ""} onDone={close} />}
    />
  );
}

function Placing({ customerId, onDone }: { readonly customerId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("retention.place");
  const words = useTranslations("retention.holds.grounds");
  const grounds = Object.keys(useMessages().retention.holds.grounds) as Hold["ground"][];
  const [draft, setDraft] = useState({ reference: "", reason: "", customers: customerId, unit: "" });
  const [ground, setGround] = useState<Hold["ground"] | null>(null);
  const act = useAct("placeHold", { changes: ["listHolds", "checkErasure"], onDone });
  const set = (name: keyof typeof draft) => (event: { currentTarget: { value: string } }) =>
    setDraft({ ...draft, [name]: event.currentTarget.value });
  const customers = draft.customers.match(ID) ?? [];
  const [unitId] = draft.unit.match(ID) ?? [];
  const isComplete =
    ground !== null &&
    draft.reference.trim() !== "" &&
    draft.reason.trim().length >= REASON_MIN &&
    customers.length > 0;
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={!isComplete}
      onCancel={onDone}
      onSubmit={() => {
        if (ground === null) return;
        const places = customers.map((id) => ({ customerId: id, ...(unitId === undefined ? {} : { unitId }) }));
        const { reference, reason } = draft;
        act.mutate({ body: { reference: reference.trim(), ground, reason: reason.trim(), places } });
      }}
    >
      <TextInput
        label={t("reference")}
        description={t("referenceHint")}
        maxLength={60}
        value={draft.reference}
        onChange={set("reference")}
      />
      <Select
        label={t("ground")}
        data={grounds.map((value) => ({ value, label: words(value) }))}
        value={ground}
        onChange={(value) => setGround(value as Hold["ground"] | null)}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={1000}
        value={draft.reason}
        onChange={set("reason")}
      />
      <Textarea
        label={t("customers")}
        description={t("customersHint")}
        autosize
        minRows={1}
        spellCheck={false}
        value={draft.customers}
        onChange={set("customers")}
      />
      <TextInput
        label={t("unit")}
        description={t("unitHint")}
        spellCheck={false}
        value={draft.unit}
        onChange={set("unit")}
      />
    </ActForm>
  );
}
