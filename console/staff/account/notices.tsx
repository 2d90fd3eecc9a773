// What happened to the account that its owner should know of.
import { Alert, Button, Group, List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import type { Session } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";

export function Notices({ notices }: Pick<Session, "notices">): ReactNode {
  const t = useTranslations("account");
  const dismiss = useAct("dismissNotice", { changes: ["getSession"] });
  if (notices.length === 0) return null;
  return (
    <Alert color="yellow" title={t("notices.title")}>
      <Trouble error={dismiss.error} />
      <List listStyleType="none">
        {notices.map(({ noticeId, what, at, device, address }) => (
          <List.Item key={noticeId}>
            <Group justify="space-between">
              <Text size="sm">
                <strong>{t(`notices.what.${what}`)}</strong> <Moment at={at} />{" "}
                {[device, address].filter((text) => text !== "").join(", ")}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => dismiss.mutate({ params: { noticeId } })}>
                {t("notices.me")}
              </Button>
            </Group>
          </List.Item>
        ))}
      </List>
      <Text size="sm">{t("notices.notMe")}</Text>
    </Alert>
  );
}
