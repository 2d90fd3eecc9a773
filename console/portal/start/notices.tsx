// What happened to one's way to sign in, until one has read it.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconShieldQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useSession } from "../session.ts";

export function Notices(): ReactNode {
  const t = useTranslations("portal");
  const { notices } = useSession();
  const dismiss = useAct("dismissNotice", { changes: ["getPortalSession"] });
  if (notices.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconShieldQuestion aria-hidden />} title={t("notices.title")}>
      <Stack gap="xs">
        <Trouble error={dismiss.error} />
        {notices.map(({ noticeId, what, at }) => (
          <Group key={noticeId} justify="space-between">
            <Text>
              {t(`notices.what.${what}`)} <Moment at={at} />
            </Text>
            <Button variant="default" size="sm" onClick={() => dismiss.mutate({ params: { noticeId } })}>
              {t("notices.me")}
            </Button>
          </Group>
        ))}
        <Text size="sm">{t.rich("notices.notMe", { link: (words) => <Link to="/settings">{words}</Link> })}</Text>
      </Stack>
    </Alert>
  );
}
