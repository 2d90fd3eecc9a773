// That a recipient was told of a correction, by what, and what proves it.
import { Select, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

const CHANNELS = ["webhook", "mail", "package", "letter", "telephone", "cannot"] as const;
type Channel = (typeof CHANNELS)[number];

export function ToldForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const [deedId, setDeedId] = useState<string | null>(null);
  const [channel, setChannel] = useState<Channel | null>(null);
  const [reference, setReference] = useState("");
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const open = right.deeds.filter(
    (deed) => (deed.do === "tell" || deed.do === "tell-statement") && deed.state === "waits",
  );
  return (
    <ActForm
      action={t("acts.told")}
      act={act}
      isIncomplete={deedId === null || channel === null || reference.trim() === ""}
      onSubmit={() => {
        if (deedId === null || channel === null) return;
        const body = { do: "told", deedId, channel, reference: reference.trim() } as const;
        act.mutate({ params: { requestId: right.requestId }, body });
      }}
    >
      <Text size="sm">{t("meaning.told")}</Text>
      <Select
        label={t("correction.whom")}
        data={open.map((deed) => ({
          value: deed.deedId,
          label: [deed.recipient?.type, (deed.recipient?.recipientId ?? deed.recipient?.principalId)?.slice(-8)]
            .filter((part) => part != null)
            .join(" "),
        }))}
        value={deedId}
        onChange={setDeedId}
      />
      <Select
        label={t("correction.how")}
        data={CHANNELS.map((value) => ({ value, label: t(`correction.channels.${value}`) }))}
        value={channel}
        onChange={(value) => setChannel(value as Channel | null)}
      />
      <TextInput
        label={t("correction.reference")}
        description={t("correction.referenceHint")}
        maxLength={200}
        autoComplete="off"
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </ActForm>
  );
}
