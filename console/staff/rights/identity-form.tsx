// Whether somebody showed who they are, and how.
import { Radio, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { Right } from "./right.tsx";

const METHODS = ["knowledge", "code", "call-back", "documents", "in-person"] as const;
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
  return (
    <ActForm
      action={t("record")}
      act={act}
      isIncomplete={method === null || outcome === null}
      onSubmit={() => {
        if (method !== null)
          act.mutate({ params: { requestId: right.requestId }, body: { method, passed: outcome === "passed" } });
      }}
    >
      <Text size="sm">{t("identityHint", { failed })}</Text>
      <Select
        label={t("method")}
        data={methods.map((value) => ({ value, label: w(`methods.${value}`) }))}
        value={method}
        onChange={(value) => setMethod(value as Method | null)}
      />
      <Radio.Group label={t("result")} value={outcome} onChange={setOutcome}>
        <Stack gap="xs" mt={4}>
          <Radio value="passed" label={t("passed")} />
          <Radio value="failed" label={t("failed")} />
        </Stack>
      </Radio.Group>
    </ActForm>
  );
}
