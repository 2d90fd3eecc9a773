// Changes of one's own address, contact, account or payee that wait: what is to be done for them to happen; who did not ask for one stops it here.
import { Alert, Stack, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { StopChange, Stopped } from "./stop-change.tsx";

type Waiting = AnswerOf<"listOwnChanges">["items"][number];

/** All of them, or the one that a request of the customer's waits for. */
export function WaitingChanges({ only }: { readonly only?: string }): ReactNode {
  const { data } = useAsk("listOwnChanges", {});
  // How often: said anew for each.
  const [stopped, setStopped] = useState<readonly string[]>([]);
  const waiting = data?.items.filter(({ changeId }) => only === undefined || changeId === only) ?? [];
  return (
    <>
      {stopped.length > 0 && <Stopped key={stopped.length} />}
      {waiting
        .filter(({ changeId }) => !stopped.includes(changeId))
        .map((change) => (
          <OneChange
            key={change.changeId}
            change={change}
            onStopped={() => setStopped((former) => [...former, change.changeId])}
          />
        ))}
    </>
  );
}

interface OneChangeProps {
  readonly change: Waiting;
  readonly onStopped: () => void;
}

function OneChange({ change, onStopped }: OneChangeProps): ReactNode {
  const t = useTranslations("portal");
  const format = useFormatter();
  const names = useFieldNames();
  const { changeId, fields, askedAt, effectiveAt, confirmBy, confirmed, requestId } = change;
  const record = names.record((fields[0] ?? "").split(".")[0] ?? "");
  const what = `${record}: ${format.list(fields.map((field) => names.field(field)))}`;
  return (
    <Alert color="yellow" icon={<IconHourglass aria-hidden />} title={t("changes.title")}>
      <Stack gap="xs">
        <Text>{t(requestId === null ? "changes.what" : "changes.onRequest", { what })}</Text>
        <Text size="sm">
          {t.rich(confirmed ? "changes.confirmed" : "changes.unconfirmed", {
            asked: () => <Moment at={askedAt} />,
            from: () => <Moment at={effectiveAt} />,
            by: () => <Moment at={confirmBy} />,
          })}
        </Text>
        <StopChange changeId={changeId} onStopped={onStopped} />
      </Stack>
    </Alert>
  );
}
