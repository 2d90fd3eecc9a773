// Choosing a password, twice the same.
import { Button, PasswordInput, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Page } from "../../shared/page.tsx";
import { useStepUp } from "../../shared/step-up.tsx";
import { Trouble } from "../../shared/trouble.tsx";

export interface ChoosePasswordProps {
  readonly title: string;
  readonly lengthMin: number;
  readonly onChosen: () => unknown;
}

export function ChoosePassword({ title, lengthMin, onChosen }: ChoosePasswordProps): ReactNode {
  const t = useTranslations("account");
  const withStepUp = useStepUp();
  const { isBusy, error, attempt } = useAttempt();
  const [[first, second], setBoth] = useState<readonly [string, string]>(["", ""]);
  const differ = second !== "" && first !== second;
  const choose = async () => {
    await withStepUp(() => ask("choosePassword", { body: { password: first } }));
    await onChosen();
  };
  return (
    <Page title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (first === second) void attempt(choose);
        }}
      >
        <Stack gap="sm">
          <Trouble error={error} />
          <PasswordInput
            label={t("password.first")}
            description={t("password.hint", { lengthMin })}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
            value={first}
            onChange={({ currentTarget: { value } }) => setBoth([value, second])}
          />
          <PasswordInput
            label={t("password.second")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            error={differ ? t("password.differ") : undefined}
            visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
            value={second}
            onChange={({ currentTarget: { value } }) => setBoth([first, value])}
          />
          <Button type="submit" loading={isBusy}>
            {t("password.choose")}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}
