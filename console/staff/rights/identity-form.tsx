// Whether somebody showed who they are, and how: in a call of the call desk that verified them, or by what is seen.
import { Alert, Button, Radio, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { Right } from "./right.tsx";

const METHODS = ["call", "documents", "in-person"] as const;
type Method = (typeof METHODS)[number] | "agent-authority";

export interface IdentityFormProps {
  readonly right: Right;
  readonly onDone: () => void;
}

export function IdentityForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const [method, setMethod] = useState<Method | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const act = useAct("tryRightIdentity", { changes: ["readRight", "listRights"], onDone });
  const methods: readonly Method[] = right.authorityDocumentId === null ? METHODS : [...METHODS, "agent-authority"];
  const failed = right.tries.filter(({ passed }) => !passed).length;
  const body = bodyOf(right, method, outcome);
  return (
    <ActForm
      action={t("record")}
      act={act}
      isIncomplete={body === null}
      onSubmit={() => {
        if (body !== null) act.mutate({ params: { requestId: right.requestId }, body });
      }}
    >
      <Text size="sm">{t("identityHint", { failed })}</Text>
      <Select
        label={t("method")}
        data={methods.map((value) => ({ value, label: w(`methods.${value}`) }))}
        value={method}
        onChange={(value) => setMethod(value as Method | null)}
      />
      {method === "call" ? (
        <ByCall right={right} />
      ) : (
        <Radio.Group label={t("result")} value={outcome} onChange={setOutcome}>
          <Stack gap="xs" mt={4}>
            <Radio value="passed" label={t("passed")} />
            <Radio value="failed" label={t("failed")} />
          </Stack>
        </Radio.Group>
      )}
    </ActForm>
  );
}

/** Nobody's word: the server knows of it. */
function ByCall({ right: { requestId, calls } }: Pick<IdentityFormProps, "right">): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const { refetch, isFetching } = useAsk("readRight", { params: { requestId }, query: { words: "left" } });
  const [call] = calls;
  if (call === undefined)
    return (
      <Alert color="yellow" role="status">
        <Stack gap="xs" align="start">
          {t("noCall")}
          <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void refetch()}>
            {t("lookAgain")}
          </Button>
        </Stack>
      </Alert>
    );
  const by = w(`methods.${call.verifiedBy === "questions" ? "knowledge" : call.verifiedBy}`);
  return <Text size="sm">{t.rich("callUntil", { by, at: () => <Moment at={call.endsAt} /> })}</Text>;
}

function bodyOf(
  { calls }: Right,
  method: Method | null,
  outcome: string | null,
): AskingOf<"tryRightIdentity">["body"] | null {
  if (method === "call") return calls[0] === undefined ? null : { method, callId: calls[0].callId };
  return method === null || outcome === null ? null : { method, passed: outcome === "passed" };
}
