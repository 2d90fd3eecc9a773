// What may be done with a third party now: approve, state anew, suspend, end with a certificate. Nobody is offered to approve what they asked for.
import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { ChangeRecipient } from "./details-form.tsx";
import { needsContract } from "./onboarding.tsx";
import type { RecipientFile } from "./recipient.tsx";

const CHANGES = ["listRecipients", "getRecipient", "listEntries"] as const;
const METHODS = ["returned", "destroyed", "kept-by-law"] as const;
type Method = AskingOf<"endRecipient">["body"]["method"];

export function RecipientActs({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  const { recipientId, state } = recipient;
  const suspend = useAct("suspendRecipient", { changes: CHANGES });
  if (state === "ended") return null;
  return (
    <>
      <Trouble error={suspend.error} />
      <Group gap="sm">
        {state === "requested" && <Approval recipient={recipient} />}
        {state === "active" && may("package.make") && (
          <Button component={Link} to={`/sharing/new/to/${recipientId}`} variant="default">
            {t("send")}
          </Button>
        )}
        {may("recipient.request") && (
          <DialogButton
            label={t(state === "suspended" ? "resume" : "change")}
            title={t(state === "suspended" ? "resume" : "change")}
            dialog={(close) => <ChangeRecipient recipient={recipient} onDone={close} />}
          />
        )}
        {state !== "suspended" && may("recipient.stop") && (
          <Button
            variant="default"
            loading={suspend.isPending}
            onClick={() => suspend.mutate({ params: { recipientId } })}
          >
            {t("suspend")}
          </Button>
        )}
        {may("recipient.stop") && (
          <DialogButton
            label={t("exit.open")}
            title={t("exit.open")}
            dialog={(close) => <End recipientId={recipientId} onDone={close} />}
          />
        )}
      </Group>
    </>
  );
}

/** INVARIANT: what is not to be had is not offered: neither to whoever asked, nor before a contract is there; the server refuses both all the same. */
function Approval({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  const { principalId } = useSession();
  const approve = useAct("approveRecipient", { changes: CHANGES });
  const { recipientId, requestedBy, contracts } = recipient;
  if (!may("recipient.approve")) return <Text size="sm">{t("waitsForSecond")}</Text>;
  if (requestedBy === principalId) return <Text size="sm">{t("own")}</Text>;
  if (needsContract(recipient) && contracts.length === 0) return <Text size="sm">{t("contractFirst")}</Text>;
  return (
    <>
      <Button loading={approve.isPending} onClick={() => approve.mutate({ params: { recipientId } })}>
        {t("approve")}
      </Button>
      <Trouble error={approve.error} />
    </>
  );
}

function End({ recipientId, onDone }: { readonly recipientId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("recipients.exit");
  const [method, setMethod] = useState<Method | null>(null);
  const [reference, setReference] = useState("");
  const act = useAct("endRecipient", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isDangerous
      isIncomplete={method === null || reference.trim() === ""}
      onCancel={onDone}
      onSubmit={() =>
        method !== null && act.mutate({ params: { recipientId }, body: { method, reference: reference.trim() } })
      }
    >
      <Text size="sm">{t("what")}</Text>
      <Select
        label={t("method")}
        data={METHODS.map((value) => ({ value, label: t(`methods.${value}`) }))}
        value={method}
        onChange={(value) => setMethod(value as Method | null)}
      />
      <TextInput
        label={t("reference")}
        description={t("referenceHint")}
        maxLength={200}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </ActForm>
  );
}
