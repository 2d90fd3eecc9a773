// One code to type: of an authenticator app, of a letter, of a recovery sheet.
import { Button, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAttempt } from "./attempt.ts";
import { Trouble } from "./trouble.tsx";

export interface CodeFormProps {
  readonly label: string;
  readonly hint?: string;
  readonly action?: string;
  /** Digits alone, for the keyboard of a phone. */
  readonly isNumeric?: boolean;
  readonly onCode: (code: string) => Promise<unknown>;
}

export function CodeForm({ label, hint, action, isNumeric = true, onCode }: CodeFormProps): ReactNode {
  const t = useTranslations("common");
  const [code, setCode] = useState("");
  const { isBusy, error, attempt } = useAttempt();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => onCode(code.trim()));
      }}
    >
      <Stack gap="sm">
        <Trouble error={error} />
        <TextInput
          label={label}
          description={hint}
          inputMode={isNumeric ? "numeric" : "text"}
          autoComplete="one-time-code"
          spellCheck={false}
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          {action ?? t("continue")}
        </Button>
      </Stack>
    </form>
  );
}
