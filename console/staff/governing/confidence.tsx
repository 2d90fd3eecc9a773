// How far a rule of law can be relied on, said wherever it is shown: how sure we are, and what was read of it.
import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export interface ConfidenceProps {
  readonly confidence: "high" | "medium" | "low";
  readonly confirmed: "none" | "secondary" | "text" | "design";
  /** One of many on a page: said in a line, loudly only where we are not sure. */
  readonly isBrief?: boolean;
}

/** On pages that have loaded the topic `rights-words`. */
export function Confidence({ confidence, confirmed, isBrief = false }: ConfidenceProps): ReactNode {
  const t = useTranslations("rights-words");
  const text = `${t(`confidence.${confidence}`)} ${t(`confirmed.${confirmed}`)}`;
  if (confidence === "high" || (isBrief && confidence === "medium"))
    return (
      <Text size={isBrief ? "xs" : "sm"} c="dimmed">
        {text}
      </Text>
    );
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} p="xs">
      {text}
    </Alert>
  );
}
