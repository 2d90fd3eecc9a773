// Correcting one record: only what is typed is changed; payee, bank account, address and contact wait for the customer's word.
import { Alert, Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { OriginChoice } from "../customers/origin-choice.tsx";
import type { MaskedRecord, MaskedUnit } from "../customers/use-masked-view.ts";
import { useSchema } from "../customers/schema.ts";
import type { ChosenOrigin } from "../imports/draft.ts";
import { FieldsToCorrect } from "./fields-to-correct.tsx";

export interface CorrectRecordProps {
  readonly customerId: string;
  readonly record: MaskedRecord;
  /** Of the unit that it lies in. */
  readonly unitKind: MaskedUnit["kind"];
}

export function CorrectRecord({ customerId, record, unitKind }: CorrectRecordProps): ReactNode {
  const t = useTranslations("corrections");
  const schema = useSchema();
  const language = useLanguage();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  // Nothing is made up: a corrected letter of a name is no other source, and what is not said stays as it was.
  const [origin, setOrigin] = useState<ChosenOrigin | null>(null);
  const { mutate, isPending, data, error } = useAct("correctRecord", {
    changes: ["viewCustomerMasked", "listPendingChanges", "getRecordHistory"],
    // What was typed is in clear: it does not stay.
    onDone: () => setTyped({}),
  });
  const fields = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== ""));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { recordId, revision: expectedRevision } = record;
    const from = origin === null ? {} : { origin };
    const body = { expectedRevision, fields, reason: reason.trim(), language, ...from };
    mutate({ params: { customerId, recordId }, body });
  };
  return (
    <Card withBorder component="section" aria-labelledby="correct">
      <Title order={2} id="correct" mb="xs">
        {t("correct", { record: schema.record(record.type) })}
      </Title>
      <form onSubmit={submit} autoComplete="off">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t("only")}
          </Text>
          <FieldsToCorrect record={record} typed={typed} onTyped={setTyped} />
          <TextInput
            label={t("reason")}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {t("origin")}
          </Text>
          <OriginChoice origin={origin} onOrigin={setOrigin} units={[unitKind]} />
          <Trouble error={error} />
          {data !== undefined && <Done answer={data} />}
          <Group>
            <Button type="submit" loading={isPending} disabled={Object.keys(fields).length === 0}>
              {t("send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Done({ answer: { pending } }: { readonly answer: AnswerOf<"correctRecord"> }): ReactNode {
  const t = useTranslations("corrections");
  return (
    <Alert
      role="status"
      color={pending === undefined ? "gray" : "yellow"}
      title={t(pending === undefined ? "done" : "waits")}
    >
      {pending !== undefined && t.rich("effective", { at: () => <Moment at={pending.effectiveAt} /> })}
    </Alert>
  );
}
