// Giving, refusing and withdrawing. Giving needs to have signed in a moment ago; refusing and withdrawing need nothing (GDPR Art. 7(3)).
import { Button, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
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
  const answer = useAct("answerOwnAuthorization", { changes: CHANGES });
  const send = (gives: boolean): void => answer.mutate({ params: { authorizationId }, body: { gives } });
  return (
    <Stack gap="sm">
      <Statements form={form} />
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

function Statements({ form }: Pick<AskedForProps, "form">): ReactNode {
  const language = useLanguage();
  const statements = form?.elements.filter(({ found }) => found === null) ?? [];
  return (
    <List size="sm" spacing={2}>
      {statements.map(({ id, text }) => (
        <List.Item key={id}>{text[language]}</List.Item>
      ))}
    </List>
  );
}

/** The same once more, until a day: signed anew, under the same statements. */
export function Renew({ one: { authorizationId }, form }: AskedForProps): ReactNode {
  const t = useTranslations("portal-permissions");
  const [isOpen, setOpen] = useState(false);
  const [until, setUntil] = useState("");
  const renew = useAct("renewOwnAuthorization", { changes: CHANGES, onDone: () => setOpen(false) });
  if (!isOpen)
    return (
      <Button w="fit-content" variant="default" onClick={() => setOpen(true)}>
        {t("allow.renew")}
      </Button>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    renew.mutate({ params: { authorizationId }, body: { expiresAt: new Date(`${until}T23:59:59`).toISOString() } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Statements form={form} />
        <TextInput
          type="date"
          required
          withAsterisk={false}
          w="fit-content"
          label={t("allow.renewUntil")}
          {...(form === undefined ? {} : { description: t("allow.renewMonths", { months: form.monthsMax }) })}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t("allow.renewSigns")}
        </Text>
        <Trouble error={renew.error} />
        <Freshly>
          <Button w="fit-content" type="submit" loading={renew.isPending} disabled={until === ""}>
            {t("allow.renewNow")}
          </Button>
        </Freshly>
        <Button w="fit-content" variant="default" onClick={() => setOpen(false)}>
          {t("allow.renewNot")}
        </Button>
      </Stack>
    </form>
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
