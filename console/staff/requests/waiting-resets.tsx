// Resets of other people's ways to sign in that wait for the reader: to vouch in person, or to approve after a call-back.
import { Alert, Button, Group, List, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import { Who } from "../governing/who.tsx";

type Waiting = AnswerOf<"listWork">["waiting"][number];

export function WaitingResets(): ReactNode {
  const t = useTranslations("requests");
  const work = useAsk("listWork", { query: { limit: 1 } });
  const resets = (work.data?.waiting ?? []).filter(({ kind }) => kind === "reset");
  if (resets.length === 0) return null;
  return (
    <Alert color="yellow" title={t("resets.title", { count: resets.length })}>
      <List listStyleType="none" spacing="xs">
        {resets.map((reset) => (
          <List.Item key={reset.id}>
            <Group justify="space-between">
              <Text size="sm">
                {reset.principalId !== null && <Who id={reset.principalId} />}
                {reset.dueAt !== null && (
                  <>, {t.rich("resets.until", { at: () => <Moment at={reset.dueAt ?? ""} /> })}</>
                )}
              </Text>
              <DialogButton
                size="compact-sm"
                label={reset.what === "supervisor" ? t("resets.vouch") : t("resets.approve")}
                title={reset.what === "supervisor" ? t("resets.vouch") : t("resets.approve")}
                dialog={(close) => <ApproveReset reset={reset} onDone={close} />}
              />
            </Group>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function ApproveReset({ reset, onDone }: { readonly reset: Waiting; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("requests");
  const [link, setLink] = useState<string | null>(null);
  const approve = useAct("approveReset", { onDone: (made) => setLink(made.link) });
  const queries = useQueryClient();
  // Asked anew only now: the row, and this dialog with it, goes away by that.
  const kept = (): void => {
    onDone();
    void Promise.all(["listWork", "listResets"].map((changed) => queries.invalidateQueries({ queryKey: [changed] })));
  };
  if (link !== null) return <LinkOnce link={link} lead={t("resets.link")} onKept={kept} />;
  const { id, principalId } = reset;
  if (id === null || principalId === null) return null;
  return (
    <>
      <Trouble error={approve.error} />
      <Text size="sm">{reset.what === "supervisor" ? t("resets.vouchWhat") : t("resets.approveWhat")}</Text>
      <Group justify="end" mt="md">
        <Button
          loading={approve.isPending}
          onClick={() => approve.mutate({ params: { staffId: principalId, resetId: id } })}
        >
          {reset.what === "supervisor" ? t("resets.vouchNow") : t("resets.approveNow")}
        </Button>
      </Group>
    </>
  );
}
