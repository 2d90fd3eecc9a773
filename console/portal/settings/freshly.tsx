// What needs to have signed in a moment ago: else by a passkey that counts, shown once more, or by a new code.
import { Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { showPasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { sessionQuestion, useSession } from "../session.ts";

export function Freshly({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useTranslations("portal-settings");
  const queries = useQueryClient();
  const { mayAddPasskey, factors } = useSession();
  const { isBusy, error, attempt } = useAttempt();
  const counts = factors.factors.some(
    ({ kind, countsFrom }) => kind === "passkey" && new Date(countsFrom).getTime() <= Date.now(),
  );
  const show = async (): Promise<void> => {
    await ask("showPasskey", { body: await showPasskey(await ask("askPasskey", {})) });
    await queries.invalidateQueries({ queryKey: sessionQuestion.queryKey });
  };
  const again = async (): Promise<void> => {
    await ask("signOutCustomer", {});
    queries.clear();
    location.replace("/portal/sign-in?returnTo=/settings");
  };
  if (mayAddPasskey) return children;
  return (
    <Stack gap="sm">
      <Text>{t(counts ? "fresh.byPasskey" : "fresh.byCode")}</Text>
      <Trouble error={error} />
      <Button w="fit-content" variant="default" loading={isBusy} onClick={() => void attempt(counts ? show : again)}>
        {t(counts ? "fresh.show" : "fresh.again")}
      </Button>
    </Stack>
  );
}
