// Shows a passkey once more, so that what is shown in part is shown whole; or says how to come by one.
import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { canUsePasskeys, showPasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { sessionQuestion, useSession } from "../session.ts";

export function ByPasskey({ again }: { readonly again: () => Promise<unknown> }): ReactNode {
  const t = useTranslations("portal-file");
  const queries = useQueryClient();
  const { factors } = useSession();
  const { isBusy, error, attempt } = useAttempt();
  const passkeys = factors.factors.filter(({ kind }) => kind === "passkey");
  const now = Date.now();
  const waits = passkeys.map(({ countsFrom }) => countsFrom).toSorted();
  const counts = waits.some((at) => new Date(at).getTime() <= now);
  const show = async (): Promise<void> => {
    await ask("showPasskey", { body: await showPasskey(await ask("askPasskey", {})) });
    await queries.invalidateQueries({ queryKey: sessionQuestion.queryKey });
    await again();
  };
  if (passkeys.length === 0) return <Text size="sm">{t("passkey.none")}</Text>;
  if (!counts) return <Text size="sm">{t.rich("passkey.waits", { at: () => <Moment at={waits[0]!} /> })}</Text>;
  return (
    <>
      <Trouble error={error} />
      {canUsePasskeys() && (
        <Button variant="default" loading={isBusy} onClick={() => void attempt(show)}>
          {t("passkey.use")}
        </Button>
      )}
    </>
  );
}
