// No code came: why that may be, and the question who they are where several people share the address.
import { Button, Collapse, List, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Whom } from "./sign-in.tsx";

export interface NoCodeProps {
  /** null: not known any more since the page was loaded anew. */
  readonly whom: Whom | null;
  readonly onSend: (whom: Whom) => Promise<unknown>;
  readonly onStartAgain: () => void;
}

export function NoCode({ whom, onSend, onStartAgain }: NoCodeProps): ReactNode {
  const t = useTranslations("portal-sign-in");
  const [isOpen, { toggle }] = useDisclosure(whom?.person !== undefined);
  const id = useId();
  return (
    <>
      <Button variant="subtle" onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
        {t("none.title")}
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <Stack gap="md">
          <List spacing="xs">
            <List.Item>{t("none.spam")}</List.Item>
            <List.Item>{t("none.mistyped")}</List.Item>
            <List.Item>{t("none.other")}</List.Item>
          </List>
          <Button variant="default" onClick={onStartAgain}>
            {t("none.startAgain")}
          </Button>
          {whom !== null && (
            <>
              <Title order={2}>{t("shared.title")}</Title>
              <Text>{t("shared.lead")}</Text>
              <WhoAreYou whom={whom} onSend={onSend} />
            </>
          )}
        </Stack>
      </Collapse>
    </>
  );
}

interface WhoAreYouProps {
  readonly whom: Whom;
  readonly onSend: NoCodeProps["onSend"];
}

function WhoAreYou({ whom, onSend }: WhoAreYouProps): ReactNode {
  const t = useTranslations("portal-sign-in");
  const [person, setPerson] = useState(whom.person ?? { firstName: "", lastName: "", birthDate: "" });
  const field = (name: keyof typeof person, autoComplete: string, type = "text") => (
    <TextInput
      label={t(`shared.${name}`)}
      type={type}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      maxLength={100}
      value={person[name]}
      onChange={({ currentTarget: { value } }) => setPerson((former) => ({ ...former, [name]: value }))}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSend({ ...whom, person });
      }}
    >
      <Stack gap="sm">
        {field("firstName", "given-name")}
        {field("lastName", "family-name")}
        {field("birthDate", "bday", "date")}
        <Button type="submit" variant="default">
          {t("shared.send")}
        </Button>
      </Stack>
    </form>
  );
}
