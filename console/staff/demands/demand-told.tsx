// How far the telling of each customer is, with its proof; whom nothing reaches, with what to do next.
import { Card, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Demand } from "./demands.tsx";

type Telling = NonNullable<Demand["notice"]>["customers"][number];

interface ToldProps {
  readonly demandId: string;
  readonly customers: readonly Telling[];
}

export function Told({ demandId, customers }: ToldProps): ReactNode {
  return (
    <Stack gap="xs">
      {customers.map((telling) => (
        <One key={telling.customerId} demandId={demandId} telling={telling} />
      ))}
    </Stack>
  );
}

interface OneProps {
  readonly demandId: string;
  readonly telling: Telling;
}

function One({ demandId, telling: { customerId, state, way, reference, fault, at } }: OneProps): ReactNode {
  const t = useTranslations("demands");
  const told = state === "told" && way !== null ? `, ${t(`telling.ways.${way}`)}` : "";
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="sm">
        <Stack gap={2} flex="1 1 20rem">
          <Text size="sm">
            {t("narrow.customer")} <ShortId id={customerId} /> · {t(`telling.states.${state}`)}
            {told} · <Moment at={at} dateOnly={way === "letter" && state === "told"} />
          </Text>
          {fault !== null && (
            <Text size="sm" {...(state === "unreached" ? { fw: 600 } : { c: "dimmed" })}>
              {t(`telling.faults.${fault}`)}
            </Text>
          )}
          {way === "hand" && (
            <Text size="xs" c="dimmed">
              {reference}
            </Text>
          )}
        </Stack>
        {state === "unreached" && (
          <DialogButton
            size="compact-sm"
            label={t("telling.byHand.open")}
            title={t("telling.byHand.title")}
            dialog={(close) => <ByHand demandId={demandId} customerId={customerId} onDone={close} />}
          />
        )}
      </Group>
    </Card>
  );
}

interface ByHandProps {
  readonly demandId: string;
  readonly customerId: string;
  readonly onDone: () => void;
}

function ByHand({ demandId, customerId, onDone }: ByHandProps): ReactNode {
  const t = useTranslations("demands.telling.byHand");
  const [reference, setReference] = useState("");
  const act = useAct("noteDemandCustomerTold", { changes: ["readDemand", "listDemands"], onDone });
  const said = reference.trim();
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={said === ""}
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { demandId }, body: { customerId, reference: said } })}
    >
      <Text size="sm">{t("text")}</Text>
      <TextInput
        label={t("reference")}
        description={t("hint")}
        maxLength={200}
        autoComplete="off"
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </ActForm>
  );
}
