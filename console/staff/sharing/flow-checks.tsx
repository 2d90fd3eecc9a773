// Which of a flow's checks hold and which do not, as they were found when it was looked at.
import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { useFlowTexts } from "./flow-texts.ts";

export type FlowChecked = AnswerOf<"previewFlow">["checks"];

interface FlowChecksProps {
  readonly flow: string;
  readonly checked: FlowChecked;
}

export function FlowChecks({ flow, checked }: FlowChecksProps): ReactNode {
  const t = useTranslations("flows");
  const sharing = useTranslations("sharing");
  const said = useFlowTexts();
  const flows = useAsk("listFlows", {});
  const checks = flows.data?.items.find((each) => each.flow === flow)?.checks ?? [];
  return (
    <section aria-labelledby="checked">
      <Title order={2} id="checked" mb="xs">
        {sharing("checks")}
      </Title>
      <Stack gap={6}>
        {checks.map((check, at) => {
          const isMet = checked[at]?.isMet === true;
          return (
            <Group key={`${check.check} ${check.says}`} gap="xs" wrap="nowrap" align="start">
              <Badge variant="light" color={isMet ? "green" : "red"} tt="none" miw="7.5rem" style={{ flexShrink: 0 }}>
                {t(isMet ? "holds" : "fails")}
              </Badge>
              <Text size="sm">{said.check(check)}</Text>
            </Group>
          );
        })}
      </Stack>
    </section>
  );
}
