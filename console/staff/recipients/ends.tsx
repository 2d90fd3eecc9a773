// When a contract ends, and plainly whether that is soon: what ends unseen stops a claim's payment, or goes on being sent.
import { Badge, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";

const DAY_MS = 86_400_000;
/** Time to negotiate a new one. */
const SOON_DAYS = 60;

export function Ends({ at }: { readonly at: string | null }): ReactNode {
  const t = useTranslations("recipients");
  if (at === null) return "–";
  const days = Math.ceil((new Date(at).getTime() - Date.now()) / DAY_MS);
  return (
    <Stack gap={2} align="start">
      <Text span size="sm">
        <Moment at={at} dateOnly />
      </Text>
      {days <= SOON_DAYS && (
        <Badge variant="light" color={days <= 0 ? "red" : "orange"} tt="none">
          {days <= 0 ? t("over") : t("daysLeft", { count: days })}
        </Badge>
      )}
    </Stack>
  );
}
