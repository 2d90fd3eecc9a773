// What somebody signs in by, and where they are signed in; inviting them again; ending their sessions.
import { Badge, Group, List, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useMay } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import type { Details } from "./person.tsx";

export function SignIn({ details, isSelf }: { readonly details: Details; readonly isSelf: boolean }): ReactNode {
  const t = useTranslations("people");
  const may = useMay();
  const { staff, factors, invitedUntil, sessions } = details;
  const isEnrolled = factors.factors.length > 0;
  if (staff.status === "revoked") return <Text size="sm">{t("signIn.ended")}</Text>;
  const mayInvite = !isSelf && !isEnrolled && may("staff.invite");
  return (
    <>
      {isEnrolled ? (
        <List size="sm" listStyleType="none" spacing={4}>
          {factors.factors.map(({ factorId, kind, usedAt }) => (
            <List.Item key={factorId}>
              <Badge variant="default" tt="none">
                {t(`signIn.kinds.${kind}`)}
              </Badge>{" "}
              {usedAt === null ? t("signIn.unused") : t.rich("signIn.used", { at: () => <Moment at={usedAt} /> })}
            </List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">
          {invitedUntil === null
            ? t("signIn.noInvitation")
            : t.rich("signIn.invited", { at: () => <Moment at={invitedUntil} /> })}
        </Text>
      )}
      <Text size="sm">{t("signIn.sessions", { count: sessions })}</Text>
      <Group gap="xs">
        {mayInvite && (
          <DialogButton
            size="compact-sm"
            label={t("signIn.invite")}
            title={t("signIn.invite")}
            dialog={(close) => <InviteAgain staffId={staff.staffId} name={staff.name} onDone={close} />}
          />
        )}
        {!isSelf && sessions > 0 && may("session.end") && (
          <DialogButton
            size="compact-sm"
            label={t("signIn.end")}
            title={t("signIn.end")}
            dialog={(close) => <EndSessions staffId={staff.staffId} name={staff.name} onDone={close} />}
          />
        )}
      </Group>
    </>
  );
}

interface OnePersonProps {
  readonly staffId: string;
  readonly name: string;
  readonly onDone: () => void;
}

function InviteAgain({ staffId, name, onDone }: OnePersonProps): ReactNode {
  const t = useTranslations("people");
  const [link, setLink] = useState<string | null>(null);
  const invite = useAct("inviteAgain", { changes: ["getStaff"], onDone: (made) => setLink(made.link) });
  if (link !== null) return <LinkOnce link={link} lead={t("create.link", { name })} onKept={onDone} />;
  return (
    <ActForm action={t("signIn.invite")} act={invite} onSubmit={() => invite.mutate({ params: { staffId } })}>
      <Text size="sm">{t("signIn.inviteMeans", { name })}</Text>
    </ActForm>
  );
}

function EndSessions({ staffId, name, onDone }: OnePersonProps): ReactNode {
  const t = useTranslations("people");
  const end = useAct("endStaffSessions", { changes: ["getStaff"], onDone });
  return (
    <ActForm action={t("signIn.end")} isDangerous act={end} onSubmit={() => end.mutate({ params: { staffId } })}>
      <Text size="sm">{t("signIn.endMeans", { name })}</Text>
    </ActForm>
  );
}
