// Passkeys: those one has, adding one, removing one. A new one shows less for three days (docs/decisions/0057).
import { Group, Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { canUsePasskeys, makePasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { type PortalSession, sessionQuestion, useSession } from "../session.ts";
import { Freshly } from "./freshly.tsx";
import { Section } from "./section.tsx";

export function Passkeys(): ReactNode {
  const t = useTranslations("portal-settings");
  const queries = useQueryClient();
  const { factors } = useSession();
  const { isBusy, error, attempt } = useAttempt();
  const remove = useAct("removeFactor", { changes: ["getPortalSession", "listSessions"] });
  const passkeys = factors.factors.filter(({ kind }) => kind === "passkey");
  const add = async (): Promise<void> => {
    const made = await makePasskey(await ask("askNewPasskey", {}));
    await ask("addPasskey", { body: { ...made, name: t("passkeys.name", { number: passkeys.length + 1 }) } });
    await queries.invalidateQueries({ queryKey: sessionQuestion.queryKey });
  };
  return (
    <Section title={t("passkeys.title")} lead={t("passkeys.lead")}>
      <Trouble error={error ?? remove.error} />
      {passkeys.map((passkey) => (
        <OnePasskey
          key={passkey.factorId}
          passkey={passkey}
          isBusy={remove.isPending}
          onRemove={() => remove.mutate({ params: { factorId: passkey.factorId } })}
        />
      ))}
      {canUsePasskeys() ? (
        <Freshly>
          <Button w="fit-content" loading={isBusy} onClick={() => void attempt(add)}>
            {t(passkeys.length === 0 ? "passkeys.add" : "passkeys.addAnother")}
          </Button>
        </Freshly>
      ) : (
        <Text>{t("passkeys.cannot")}</Text>
      )}
    </Section>
  );
}

interface OnePasskeyProps {
  readonly passkey: PortalSession["factors"]["factors"][number];
  readonly isBusy: boolean;
  readonly onRemove: () => void;
}

function OnePasskey({ passkey: { name, addedAt, countsFrom }, isBusy, onRemove }: OnePasskeyProps): ReactNode {
  const t = useTranslations("portal-settings");
  const { mayAddPasskey } = useSession();
  const waits = new Date(countsFrom).getTime() > Date.now();
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0} flex="1 1 14rem">
        <Text fw={600}>{name}</Text>
        <Text size="sm">{t.rich("passkeys.added", { at: () => <Moment at={addedAt} dateOnly /> })}</Text>
        {waits && <Text size="sm">{t.rich("passkeys.waits", { at: () => <Moment at={countsFrom} /> })}</Text>}
      </Stack>
      {mayAddPasskey && (
        <Button variant="default" loading={isBusy} aria-label={t("passkeys.removeName", { name })} onClick={onRemove}>
          {t("passkeys.remove")}
        </Button>
      )}
    </Group>
  );
}
