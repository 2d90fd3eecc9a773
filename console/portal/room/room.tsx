// Picking up what was sent: a file for the recipient's own tool, or a room that shows its content once.
import { Alert } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { PickUp } from "./pick-up.tsx";
import { type RoomTrouble, SignInTrouble, troubleIn } from "./sign-in-trouble.tsx";
import { ViewOnce } from "./view-once.tsx";

const OF_ROOM = /^AGE-SECRET-KEY-PQ-1/;
const SECRET = /^[A-Za-z0-9_-]{20,120}$/;

interface Came {
  readonly secret: string | null;
  /** Why the sign-in at the recipient's own provider does not count. */
  readonly trouble: RoomTrouble | null;
}

/** INVARIANT: the secret leaves the address at once, so that no history and no screen shared keeps it. */
function takeAddress(): Came {
  const secret = location.hash.slice(1);
  const trouble = troubleIn(location.search);
  if (secret !== "" || trouble !== null) history.replaceState(history.state, "", location.pathname);
  return { secret: SECRET.test(secret) ? secret : null, trouble };
}

export function Room(): ReactNode {
  const t = useTranslations("portal-room");
  const [{ secret, trouble }] = useState(takeAddress);
  if (secret === null)
    return (
      <Page title={t("title")}>
        {trouble !== null && <SignInTrouble trouble={trouble} />}
        {trouble === null && (
          <Alert icon={<IconLink aria-hidden />} role="status">
            {t("noLink")}
          </Alert>
        )}
      </Page>
    );
  return OF_ROOM.test(secret) ? <ViewOnce secret={secret} trouble={trouble} /> : <PickUp secret={secret} />;
}
