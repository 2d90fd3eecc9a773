// What somebody passed, acknowledged and declared.
import { Button, Group, List, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { shortId } from "../../shared/short-id.tsx";

interface AttestationsProps {
  readonly principalId: string;
  readonly isSelf: boolean;
}

export function Attestations({ principalId, isSelf }: AttestationsProps): ReactNode {
  const t = useTranslations("people.attestations");
  const may = useMay();
  const list = useAsk("listAttestations", { query: { principalId } });
  const end = useAct("endAttestation", { changes: ["listAttestations"] });
  return (
    <Stack gap="sm">
      <Title order={2}>{t("title")}</Title>
      <Trouble error={end.error} />
      <Answered of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{t("none")}</Text>
          ) : (
            <List size="sm" listStyleType="none" spacing={4}>
              {items.map(({ attestationId, what, subject, at, validUntil }) => (
                <List.Item key={attestationId}>
                  <Group justify="space-between">
                    <span>
                      {t(`what.${what}`, { subject: what === "conflict" ? shortId(subject) : subject })},{" "}
                      <Moment at={at} dateOnly />
                      {validUntil !== null && (
                        <>, {t.rich("until", { at: () => <Moment at={validUntil} dateOnly /> })}</>
                      )}
                    </span>
                    {!isSelf && may("attestation.end") && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        onClick={() => end.mutate({ params: { principalId, attestationId } })}
                      >
                        {what === "conflict" ? t("lift") : t("takeBack")}
                      </Button>
                    )}
                  </Group>
                </List.Item>
              ))}
            </List>
          )
        }
      </Answered>
      {!isSelf && may("attestation.record") && (
        <Group>
          <DialogButton
            size="compact-sm"
            label={t("record")}
            title={t("record")}
            dialog={(close) => <RecordTraining principalId={principalId} onDone={close} />}
          />
        </Group>
      )}
    </Stack>
  );
}

interface RecordTrainingProps {
  readonly principalId: string;
  readonly onDone: () => void;
}

const DATE_LENGTH = 10;

function RecordTraining({ principalId, onDone }: RecordTrainingProps): ReactNode {
  const t = useTranslations("people.attestations");
  const rules = useAsk("getAccessRules", {});
  const [course, setCourse] = useState<string | null>(null);
  const [passedOn, setPassedOn] = useState(() => new Date().toISOString().slice(0, DATE_LENGTH));
  const attest = useAct("attest", { changes: ["listAttestations"], onDone });
  return (
    <ActForm
      action={t("record")}
      act={attest}
      isIncomplete={course === null || passedOn === ""}
      onSubmit={() => {
        if (course === null) return;
        const passedAt = new Date(passedOn).toISOString();
        attest.mutate({ body: { what: "training", principalId, course, passedAt } });
      }}
    >
      <Select
        label={t("course")}
        data={(rules.data?.courses ?? []).map(({ course: value, title: label }) => ({ value, label }))}
        value={course}
        onChange={setCourse}
      />
      <TextInput
        type="date"
        label={t("passedOn")}
        value={passedOn}
        onChange={({ currentTarget: { value } }) => setPassedOn(value)}
      />
    </ActForm>
  );
}
