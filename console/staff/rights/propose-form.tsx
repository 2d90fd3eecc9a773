// What a record is to say instead, proposed by one and decided by another: the record and its fields by their names, what the customer wrote at hand.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { isNotFound } from "../../shared/refused.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ChooseRecord } from "../corrections/choose-record.tsx";
import { FieldsToCorrect } from "../corrections/fields-to-correct.tsx";
import { MoreRecords } from "../customers/more-records.tsx";
import { useSchema } from "../customers/schema.ts";
import { useMaskedView } from "../customers/use-masked-view.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

type Typed = Readonly<Record<string, string>>;

export function ProposeForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const found = useMaskedView(right.customerId);
  const [recordId, choose] = useState(right.wanted?.recordId ?? null);
  const [typed, setTyped] = useState<Typed>({});
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const isUnreached = isNotFound(found.error);
  const fields = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== ""));
  return (
    <ActForm
      action={t("acts.propose")}
      act={act}
      isIncomplete={recordId === null || Object.keys(fields).length === 0}
      onSubmit={() => {
        if (recordId === null) return;
        act.mutate({ params: { requestId: right.requestId }, body: { do: "propose", recordId, fields } });
      }}
    >
      <Text size="sm">{t("meaning.propose")}</Text>
      <AsWanted
        right={right}
        onTaken={(id, values) => {
          choose(id);
          setTyped(values);
        }}
      />
      {isUnreached ? (
        <Unreached wanted={right.wanted} typed={typed} onTyped={setTyped} />
      ) : (
        <Answered of={found}>
          {({ units }) => {
            const records = units.flatMap((unit) => unit.records);
            const record = records.find((one) => one.recordId === recordId);
            const change = (id: string | null): void => {
              choose(id);
              setTyped({});
            };
            return (
              <Stack gap="sm">
                <ChooseRecord records={records} value={recordId} onChange={change} />
                {record !== undefined && <FieldsToCorrect record={record} typed={typed} onTyped={setTyped} />}
              </Stack>
            );
          }}
        </Answered>
      )}
      <MoreRecords of={found} />
    </ActForm>
  );
}

interface UnreachedProps {
  readonly wanted: IdentityFormProps["right"]["wanted"];
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
}

/** Whoever has not this customer in hand sees no record of theirs, and still proposes what the customer pointed at. */
function Unreached({ wanted, typed, onTyped }: UnreachedProps): ReactNode {
  const t = useTranslations("rights");
  const fields = wanted?.fields.map((name) => ({ field: `${wanted.recordType}.${name}`, value: null })) ?? [];
  return (
    <>
      <Text size="sm">{t("correction.unreached")}</Text>
      {wanted !== null && (
        <FieldsToCorrect record={{ type: wanted.recordType, fields }} typed={typed} onTyped={onTyped} isUnseen />
      )}
    </>
  );
}

interface AsWantedProps {
  readonly right: IdentityFormProps["right"];
  readonly onTaken: (recordId: string, values: Typed) => void;
}

/** What the customer pointed at, by name; what they wrote is opened, with its entry, when it is taken over. */
function AsWanted({ right: { requestId, wanted }, onTaken }: AsWantedProps): ReactNode {
  const t = useTranslations("rights");
  const schema = useSchema();
  const { isBusy, error, attempt } = useAttempt();
  if (wanted === null) return null;
  const { recordId, recordType } = wanted;
  const names = wanted.fields.map((name) => schema.field(`${recordType}.${name}`).label).join(", ");
  const take = async (): Promise<void> => {
    const read = await ask("readRight", { params: { requestId }, query: { words: "opened" } });
    onTaken(recordId, read.wanted?.values ?? {});
  };
  return (
    <Alert color="gray" title={t("correction.wanted", { record: schema.record(recordType), fields: names })}>
      <Trouble error={error} />
      <Button variant="default" size="xs" loading={isBusy} onClick={() => void attempt(take)}>
        {t("correction.take")}
      </Button>
    </Alert>
  );
}
