// Somebody came back from their own identity provider and the sign-in does not count: what happened, and what to do next.
import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const TROUBLES = ["refused", "away", "lost"] as const;
export type RoomTrouble = (typeof TROUBLES)[number];

/** As the server sent the browser back. */
export function troubleIn(search: string): RoomTrouble | null {
  const told = new URLSearchParams(search).get("sign-in");
  return TROUBLES.find((each) => each === told) ?? null;
}

export function SignInTrouble({ trouble }: { readonly trouble: RoomTrouble }): ReactNode {
  const t = useTranslations("portal-room.trouble");
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t(`${trouble}.title`)}>
      <Text size="sm">{t(`${trouble}.text`)}</Text>
      <Text size="sm" mt="xs">
        {t(`${trouble}.next`)}
      </Text>
    </Alert>
  );
}
