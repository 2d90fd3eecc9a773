// To whom: only what is registered and active can be sent something; the others are shown, and why not.
import { Select, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Trouble } from "../../shared/trouble.tsx";
import { useAllRecipients } from "../recipients/all-recipients.ts";

export interface ChooseRecipientProps {
  readonly chosen: string | null;
  readonly onChoose: (recipientId: string | null) => void;
}

export function ChooseRecipient({ chosen, onChoose }: ChooseRecipientProps): ReactNode {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const { rows, error, refetch } = useAllRecipients();
  const known = rows.find(({ recipientId }) => recipientId === chosen);
  const offered = rows
    .filter(({ state }) => state !== "ended")
    .map(({ recipientId, name, type, state }) => ({
      value: recipientId,
      label: `${name} (${words(`recipients.${type}`)})`,
      disabled: state !== "active",
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
  return (
    <>
      <Trouble error={error} again={refetch} />
      <Select
        label={t("recipient")}
        description={t("recipientHint")}
        searchable
        openOnFocus={false}
        limit={100}
        data={offered}
        value={chosen}
        onChange={onChoose}
      />
      {known !== undefined && (
        <Text size="sm" c="dimmed">
          {t("recipientHas", { contracts: known.contractsInForce, keys: known.approvedKeys })}{" "}
          {known.contact === null ? t("noRoom") : t("roomCodes", { contact: known.contact })}
        </Text>
      )}
    </>
  );
}
