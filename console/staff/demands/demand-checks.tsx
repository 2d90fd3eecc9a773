// The checklist: each check with its law and its answer; an open or failed one blocks approval.
import { Card, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import type { Demand } from "./demands.tsx";

type Check = Demand["checks"][number];

export function DemandChecks({ demand }: { readonly demand: Demand }): ReactNode {
  return (
    <Stack gap="xs">
      {demand.checks.map((check) => (
        <One key={check.id} check={check} demand={demand} />
      ))}
    </Stack>
  );
}

interface OneProps {
  readonly check: Check;
  readonly demand: Demand;
}

function One({ check, demand: { demandId, state } }: OneProps): ReactNode {
  const t = useTranslations("demands");
  const language = useLanguage();
  const may = useMay();
  const act = useAct("checkDemand", { changes: ["readDemand", "listDemands"] });
  const answers = (["met", "not-applicable", "failed"] as const).filter(
    (answer) => answer !== "not-applicable" || check.mayNotApply,
  );
  const send = (value: string): void => {
    const answer = answers.find((one) => one === value);
    if (answer !== undefined) act.mutate({ params: { demandId }, body: { id: check.id, answer } });
  };
  const isOpen = state === "open" && may("demand.change");
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" wrap="wrap" gap="sm">
        <Stack gap={2} flex="1 1 20rem">
          <Text size="sm">{check.text[language]}</Text>
          <Text size="xs" c="dimmed">
            {check.citation}
          </Text>
        </Stack>
        <SegmentedControl
          aria-label={check.text[language]}
          size="xs"
          disabled={!isOpen || act.isPending}
          value={check.answer ?? "open"}
          onChange={send}
          data={[
            ...(check.answer === null ? [{ value: "open", label: t("answers.open") }] : []),
            ...answers.map((value) => ({ value, label: t(`answers.${value}`) })),
          ]}
        />
      </Group>
      <Trouble error={act.error} />
    </Card>
  );
}
