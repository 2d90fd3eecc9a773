// Where one is signed in, and ending that.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Section } from "./section.tsx";

export function Sessions(): ReactNode {
  const t = useTranslations("portal-settings");
  const sessions = useAsk("listSessions", {});
  const end = useAct("endSession", { changes: ["listSessions"] });
  const endOthers = useAct("endOtherSessions", { changes: ["listSessions"] });
  return (
    <Section title={t("sessions.title")} lead={t("sessions.lead")}>
      <Trouble error={end.error ?? endOthers.error} />
      <Answered of={sessions}>
        {({ items }) => (
          <>
            {items.map(({ sessionId, isThis, device, startedAt }) => (
              <Group key={sessionId} justify="space-between" gap="sm">
                <Stack gap={0} flex="1 1 14rem">
                  <Text fw={600}>{isThis ? t("sessions.this") : deviceIn(device, t("sessions.unknown"))}</Text>
                  <Text size="sm">{t.rich("sessions.since", { at: () => <Moment at={startedAt} /> })}</Text>
                </Stack>
                {!isThis && (
                  <Button
                    variant="default"
                    loading={end.isPending}
                    onClick={() => end.mutate({ params: { sessionId } })}
                  >
                    {t("sessions.end")}
                  </Button>
                )}
              </Group>
            ))}
            {items.length > 2 && (
              <Button
                variant="default"
                w="fit-content"
                loading={endOthers.isPending}
                onClick={() => endOthers.mutate({})}
              >
                {t("sessions.endOthers")}
              </Button>
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}

/** Browsers call themselves by long names, of which people know one word. */
function deviceIn(device: string, unknown: string): string {
  return /iPhone|iPad|Android|Windows|Macintosh|Mac|Linux/.exec(device)?.[0] ?? unknown;
}
