// Call-backs that count once a second person has seen them in the telephone system's record.
import { Alert, Button, Group, List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { CustomerId } from "../governing/customer-id.tsx";
import { Who } from "../governing/who.tsx";

type Waiting = AnswerOf<"listWork">["waiting"][number];

export function WaitingCallBacks(): ReactNode {
  const t = useTranslations("requests");
  const work = useAsk("listWork", { query: { limit: 1 } });
  const waiting = (work.data?.waiting ?? []).filter(({ kind }) => kind === "call-back");
  if (waiting.length === 0) return null;
  return (
    <Alert color="yellow" title={t("callBacks.title", { count: waiting.length })}>
      <Text size="sm" mb="xs">
        {t("callBacks.what")}
      </Text>
      <List listStyleType="none" spacing="xs">
        {waiting.map((one) => (
          <List.Item key={one.id}>
            <One waiting={one} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** INVARIANT: the list of what waits leaves out the reader's own; the server refuses them all the same. */
function One({ waiting: { id, customerId, principalId, dueAt } }: { readonly waiting: Waiting }): ReactNode {
  const t = useTranslations("requests");
  const { mutate, isPending, error } = useAct("confirmCallBack", { changes: ["listWork"] });
  if (id === null || customerId === null) return null;
  return (
    <>
      <Group justify="space-between">
        <Group gap="xs">
          {principalId !== null && (
            <Text size="sm">
              <Who id={principalId} />
            </Text>
          )}
          <CustomerId id={customerId} />
          {dueAt !== null && (
            <Text size="sm" c="dimmed">
              {t.rich("callBacks.until", { at: () => <Moment at={dueAt} timeOnly /> })}
            </Text>
          )}
        </Group>
        <Button
          size="compact-sm"
          variant="default"
          loading={isPending}
          onClick={() => mutate({ params: { customerId, callId: id } })}
        >
          {t("callBacks.confirm")}
        </Button>
      </Group>
      <Trouble error={error} />
    </>
  );
}
