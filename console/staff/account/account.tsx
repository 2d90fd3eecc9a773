// One's own account: what happened since, how one signs in, where one is signed in.
import { Alert, Anchor, Button, Card, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../shared/session.ts";
import { Page } from "../../shared/page.tsx";
import { useSignOut } from "../sign-out.ts";
import { CalendarLink } from "./calendar-link.tsx";
import { ChoosePassword } from "./choose-password.tsx";
import { Factors } from "./factors.tsx";
import { Notices } from "./notices.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { Sessions } from "./sessions.tsx";

const PASSWORD_CHARACTERS_MIN = 12;

/** What stands in the place of the whole while it is done. */
type Doing = "password" | readonly string[] | null;

export function Account(): ReactNode {
  const t = useTranslations("account");
  const session = useSession();
  const signOut = useSignOut();
  const [doing, setDoing] = useState<Doing>(null);
  const back = (): void => setDoing(null);
  if (doing === "password") {
    return (
      <>
        <ChoosePassword title={t("password.change")} lengthMin={PASSWORD_CHARACTERS_MIN} onChosen={back} />
        <Anchor component="button" mt="md" onClick={back}>
          {t("back")}
        </Anchor>
      </>
    );
  }
  if (doing !== null) return <RecoveryCodes codes={doing} onKept={back} />;
  return (
    <Page
      title={session.name}
      actions={
        <Button variant="default" onClick={() => void signOut()}>
          {t("signOut")}
        </Button>
      }
    >
      {session.isPasskeyWanted && session.phishingResistantAt === null && (
        <Alert color="yellow">{t("passkeyWanted")}</Alert>
      )}
      <Stack gap="md" maw="46rem">
        <Notices notices={session.notices} />
        <Card withBorder>
          <Factors held={session.factors} onCodes={setDoing} />
          <Group mt="md">
            <Button variant="default" onClick={() => setDoing("password")}>
              {t("password.open")}
            </Button>
          </Group>
        </Card>
        <Card withBorder>
          <Sessions />
        </Card>
        <Card withBorder>
          <CalendarLink />
        </Card>
      </Stack>
    </Page>
  );
}
