// Giving, refusing and withdrawing. Giving needs to have signed in a moment ago; refusing and withdrawing need nothing (GDPR Art. 7(3)).
import { Button, Group, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Freshly } from "../settings/freshly.tsx";
import type { Form, Own } from "./authorizations.tsx";

const CHANGES = ["listOwnAuthorizations"] as const;

interface AskedForProps {
  readonly one: Own;
  readonly form: Form | undefined;
}

/** Every statement of the form stands above the signature. */
export function AskedFor({ one: { authorizationId }, form }: AskedForProps): ReactNode {
  const t = useTranslations("portal-permissions");
  const language = useLanguage();
  const answer = useAct("answerOwnAuthorization", { changes: CHANGES });
  const send = (gives: boolean): void => answer.mutate({ params: { authorizationId }, body: { gives } });
  const statements = form?.elements.filter(({ found }) => found === null) ?? [];
  return (
    <Stack gap="sm">
      <List size="sm" spacing={2}>
        {statements.map(({ id, text }) => (
          <List.Item key={id}>{text[language]}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t("allow.signs")}
      </Text>
      <Trouble error={answer.error} />
      <Freshly>
        <Button w="fit-content" loading={answer.isPending} onClick={() => send(true)}>
          {t("allow.give")}
        </Button>
      </Freshly>
      <Button w="fit-content" variant="default" loading={answer.isPending} onClick={() => send(false)}>
        {t("allow.refuse")}
      </Button>
    </Stack>
  );
}

export function Withdraw({ authorizationId }: Pick<Own, "authorizationId">): ReactNode {
  const t = useTranslations("portal-permissions");
  const withdraw = useAct("withdrawOwnAuthorization", { changes: CHANGES });
  return (
    <Group gap="sm" mt={4}>
      <Trouble error={withdraw.error} />
      <Button
        variant="default"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { authorizationId } })}
      >
        {t("allow.withdraw")}
      </Button>
    </Group>
  );
}
