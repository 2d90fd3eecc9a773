// Picking up what was sent: a file for the recipient's own tool, or a room that shows its content once.
import { Alert } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { PickUp } from "./pick-up.tsx";
import { ViewOnce } from "./view-once.tsx";

const OF_ROOM = /^AGE-SECRET-KEY-PQ-1/;
const SECRET = /^[A-Za-z0-9_-]{20,120}$/;

/** INVARIANT: the secret leaves the address at once, so that no history and no screen shared keeps it. */
function takeSecret(): string | null {
  const secret = location.hash.slice(1);
  if (secret !== "") history.replaceState(history.state, "", location.pathname);
  return SECRET.test(secret) ? secret : null;
}

export function Room(): ReactNode {
  const t = useTranslations("portal-room");
  const [secret] = useState(takeSecret);
  if (secret === null)
    return (
      <Page title={t("title")}>
        <Alert icon={<IconLink aria-hidden />} role="status">
          {t("noLink")}
        </Alert>
      </Page>
    );
  return OF_ROOM.test(secret) ? <ViewOnce secret={secret} /> : <PickUp secret={secret} />;
}
