// What may be done with a webhook: approve, pause, go on, replay, another secret, end. Nobody is offered to approve what they asked for.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { Dialog } from "../governing/dialog.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import type { Webhook } from "./webhooks.tsx";

const CHANGES = ["listWebhooks", "listDeliveries"] as const;

export function WebhookActs({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const t = useTranslations("webhooks");
  const may = useMay();
  const { principalId } = useSession();
  const { webhookId, state, requestedBy, dead } = webhook;
  const [secret, setSecret] = useState<string | null>(null);
  const params = { webhookId };
  const approve = useAct("approveWebhook", { changes: CHANGES });
  const pause = useAct("changeWebhook", { changes: CHANGES });
  const replay = useAct("replayWebhook", { changes: CHANGES });
  const renew = useAct("renewWebhookSecret", { changes: CHANGES, onDone: (made) => setSecret(made.secret) });
  const isPaused = state === "paused";
  return (
    <>
      <Trouble error={approve.error ?? pause.error ?? replay.error ?? renew.error} />
      <Group>
        {state === "requested" && may("webhook.approve") && requestedBy !== principalId && (
          <Button loading={approve.isPending} onClick={() => approve.mutate({ params })}>
            {t("approve")}
          </Button>
        )}
        {state !== "requested" && may("webhook.pause") && (
          <Button
            variant="default"
            loading={pause.isPending}
            onClick={() => pause.mutate({ params, body: { paused: !isPaused } })}
          >
            {isPaused ? t("resume") : t("pause")}
          </Button>
        )}
        {dead > 0 && may("webhook.replay") && (
          <Button
            variant="default"
            loading={replay.isPending}
            onClick={() => replay.mutate({ params, body: { what: "dead" } })}
          >
            {t("replay")}
          </Button>
        )}
        {may("webhook.renew-secret") && (
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate({ params })}>
            {t("renewSecret")}
          </Button>
        )}
        {may("webhook.end") && (
          <DialogButton
            label={t("end")}
            title={t("end")}
            dialog={(close) => <End webhookId={webhookId} onDone={close} />}
          />
        )}
      </Group>
      <Dialog isOpen={secret !== null} onClose={() => setSecret(null)} title={t("renewSecret")}>
        {secret !== null && <LinkOnce link={secret} lead={t("secretLead")} onKept={() => setSecret(null)} />}
      </Dialog>
    </>
  );
}

function End({ webhookId, onDone }: { readonly webhookId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("webhooks");
  const end = useAct("endWebhook", { changes: ["listWebhooks"], onDone });
  return (
    <ActForm
      action={t("end")}
      act={end}
      isDangerous
      onSubmit={() => end.mutate({ params: { webhookId } })}
      onCancel={onDone}
    >
      {t("endWhat")}
    </ActForm>
  );
}
