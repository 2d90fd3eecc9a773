// What a token that was given to a third party stands for: asked of the gate, which decides and records it like any other disclosure.
import { Button, Card, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { CustomerId } from "../governing/customer-id.tsx";
import { ClearFields } from "../in-hand/clear-fields.tsx";
import { ChooseRecipient } from "./choose-recipient.tsx";
import { REASON_MIN } from "./draft.ts";
import { SharingTabs } from "./sharing-tabs.tsx";

type Answer = AnswerOf<"resolveToken">;
type Question = AskingOf<"resolveToken">["body"];

export function Tokens(): ReactNode {
  const t = useTranslations("sharing");
  const { name } = useSession();
  const sheet = useClearSheet<Answer>();
  const act = useAct("resolveToken", { onDone: (answer) => sheet.show(answer) });
  const ask = (body: Question): void => {
    sheet.forget();
    act.mutate({ body });
  };
  const { content } = sheet;
  return (
    <Page title={t("token.title")} lead={t("token.lead")}>
      <SharingTabs />
      <Asking isBusy={act.isPending} onAsk={ask} />
      <Trouble error={act.error} />
      {content !== null && (
        <ClearRegion label={t("token.answer")} viewer={name} sheet={sheet} disclosureId={content.disclosureId}>
          <Stack gap="sm">
            <CustomerId id={content.customerId} />
            <ClearFields fields={[content.field]} />
          </Stack>
        </ClearRegion>
      )}
    </Page>
  );
}

interface AskingProps {
  readonly isBusy: boolean;
  readonly onAsk: (question: Question) => void;
}

function Asking({ isBusy, onAsk }: AskingProps): ReactNode {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const { bases } = useMessages().words;
  const { purposes } = useSession();
  const [recipientId, setRecipient] = useState<string | null>(null);
  const [token, setToken] = useState("");
  const [purpose, setPurpose] = useState<Question["purpose"] | null>(purposes[0] ?? null);
  const [basis, setBasis] = useState<NonNullable<Question["basis"]>>("role-duty");
  const [reason, setReason] = useState("");
  const isWhole = recipientId !== null && purpose !== null && token.trim() !== "";
  const send = (): void => {
    if (!isWhole) return;
    const said = reason.trim();
    const why = said.length < REASON_MIN ? {} : { justification: said };
    onAsk({ recipientId, token: token.trim(), purpose, basis, ...why });
  };
  return (
    <Card withBorder maw="60rem">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="sm">
          <ChooseRecipient chosen={recipientId} onChoose={setRecipient} />
          <TextInput
            label={t("token.token")}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Select
            label={t("purpose")}
            data={purposes.map((value) => ({ value, label: words(`purposes.${value}`) }))}
            value={purpose}
            onChange={(value) => setPurpose(value as Question["purpose"] | null)}
          />
          <Select
            label={t("basis")}
            allowDeselect={false}
            data={Object.entries(bases).map(([value, label]) => ({ value, label }))}
            value={basis}
            onChange={(value) => setBasis(value as NonNullable<Question["basis"]>)}
          />
          <Textarea
            label={t("reason")}
            description={t("reasonHint", { least: REASON_MIN })}
            autosize
            minRows={2}
            maxLength={500}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={isBusy} disabled={!isWhole}>
              {t("token.ask")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
