// Changes of one's own address, contact, account or payee that wait: who did not ask for one stops it here.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";

type Waiting = AnswerOf<"listOwnChanges">["items"][number];

export function WaitingChanges(): ReactNode {
  const { data } = useAsk("listOwnChanges", {});
  return data?.items.map((change) => <OneChange key={change.changeId} change={change} />);
}

export function OneChange({ change }: { readonly change: Waiting }): ReactNode {
  const t = useTranslations("portal");
  const format = useFormatter();
  const names = useFieldNames();
  const stop = useAct("stopOwnChange", { changes: ["listOwnChanges", "readOwnRight"] });
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
        <Trouble error={stop.error} />
        <Button
          variant="default"
          w="fit-content"
          loading={stop.isPending}
          onClick={() => stop.mutate({ params: { changeId } })}
        >
          {t("changes.stop")}
        </Button>
      </Stack>
    </Alert>
  );
}
