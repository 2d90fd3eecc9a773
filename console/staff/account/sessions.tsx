// Where one is signed in.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";

export function Sessions(): ReactNode {
  const t = useTranslations("account");
  const sessions = useAsk("listSessions", {});
  const end = useAct("endSession", { changes: ["listSessions"] });
  const endOthers = useAct("endOtherSessions", { changes: ["listSessions"] });
  return (
    <Stack gap="sm">
      <Title order={2}>{t("sessions.title")}</Title>
      <Trouble error={end.error ?? endOthers.error} />
      <Answered of={sessions}>
        {({ items }) => (
          <>
            <Table>
              <Table.Tbody>
                {items.map(({ sessionId, isThis, device, address, startedAt }) => (
                  <Table.Tr key={sessionId}>
                    <Table.Td>
                      <strong>{device === "" ? t("sessions.unknownDevice") : device}</strong> {address}
                    </Table.Td>
                    <Table.Td>{t.rich("sessions.since", { at: () => <Moment at={startedAt} /> })}</Table.Td>
                    <Table.Td ta="end">
                      {isThis ? (
                        <Text size="sm">{t("sessions.this")}</Text>
                      ) : (
                        <Button
                          size="compact-sm"
                          variant="default"
                          onClick={() => end.mutate({ params: { sessionId } })}
                        >
                          {t("sessions.end")}
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {items.length > 1 && (
              <Group>
                <Button variant="default" onClick={() => endOthers.mutate({})}>
                  {t("sessions.endOthers")}
                </Button>
              </Group>
            )}
          </>
        )}
      </Answered>
    </Stack>
  );
}
