// Asking that somebody's ways to sign in are made anew. Resets nothing by itself.
import { Radio, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { localInput } from "../governing/local-time.ts";

const PATHS = ["supervisor", "two-people"] as const;

export interface AskForResetProps {
  readonly staffId: string;
  /** With the code to tell the person on the call-back, where there is one. */
  readonly onDone: (code: string | null) => void;
}

export function AskForReset({ staffId, onDone }: AskForResetProps): ReactNode {
  const t = useTranslations("people.resets");
  const [path, setPath] = useState<(typeof PATHS)[number]>("supervisor");
  const [calledAt, setCalledAt] = useState(() => localInput(new Date()));
  const [reference, setReference] = useState("");
  const ask = useAct("askForReset", { changes: ["listResets"], onDone: ({ code }) => onDone(code) });
  const isCalled = path === "two-people";
  const callBack = { calledAt: new Date(calledAt).toISOString(), reference: reference.trim() };
  return (
    <ActForm
      action={t("askNow")}
      act={ask}
      isIncomplete={isCalled && (reference.trim() === "" || calledAt === "")}
      onSubmit={() => ask.mutate({ params: { staffId }, body: { path, ...(isCalled ? { callBack } : {}) } })}
    >
      <Radio.Group label={t("path")} value={path} onChange={(value) => setPath(value as typeof path)}>
        <Stack gap="xs" mt={4}>
          {PATHS.map((value) => (
            <Radio key={value} value={value} label={t(`paths.${value}`)} description={t(`means.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {isCalled && (
        <>
          <TextInput
            type="datetime-local"
            label={t("calledAt")}
            value={calledAt}
            onChange={({ currentTarget: { value } }) => setCalledAt(value)}
          />
          <TextInput
            label={t("reference")}
            description={t("referenceHint")}
            maxLength={200}
            value={reference}
            onChange={({ currentTarget: { value } }) => setReference(value)}
          />
        </>
      )}
    </ActForm>
  );
}
