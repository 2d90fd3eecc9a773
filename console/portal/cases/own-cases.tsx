// One's own questions that are not closed: how they stand, and what was answered.
import { Stack, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { HowItStands } from "./ask-about.tsx";
import { useCaseStates } from "./case-states.ts";

export function OwnCases(): ReactNode {
  const t = useTranslations("portal-cases");
  const id = useId();
  const open = useCaseStates().data?.filter(({ state }) => state !== "closed") ?? [];
  if (open.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={2} id={id}>
        {t("yours")}
      </Title>
      {open.map((known) => (
        <HowItStands key={known.caseId} known={known} />
      ))}
    </Stack>
  );
}
