// An invitation looked at, and accepted.
import { Anchor, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { Trouble } from "../../shared/trouble.tsx";

type Looked = AnswerOf<"lookAtInvitation">;

export interface InvitationProps {
  readonly token: string;
  readonly onAccepted: (invitation: Looked) => void;
}

export function Invitation({ token, onAccepted }: InvitationProps): ReactNode {
  const t = useTranslations("sign-in");
  const { isBusy, error, attempt } = useAttempt();
  const looked = useQuery({
    // The token stays out of what is remembered.
    queryKey: ["invitation"],
    queryFn: () => ask("lookAtInvitation", { body: { token } }),
    retry: false,
    gcTime: 0,
  });
  if (looked.error !== null) {
    return (
      <Page title={t("invitation.bad")} lead={t("invitation.badWhy")}>
        <Anchor href="/sign-in">{t("invitation.signIn")}</Anchor>
      </Page>
    );
  }
  if (looked.data === undefined)
    return <Page title={t("invitation.welcome")} lead={t("invitation.looking")} children={null} />;
  const invited = looked.data;
  const accept = async (code?: string) => {
    await ask("acceptInvitation", { body: { token, as: "cookie", ...(code === undefined ? {} : { code }) } });
    onAccepted(invited);
  };
  return (
    <Page
      title={t("invitation.welcomeName", { name: invited.name })}
      lead={t(invited.purpose === "reset" ? "invitation.reset" : "invitation.enrolment")}
    >
      <Text size="sm" c="dimmed">
        {t.rich("invitation.goodUntil", { email: invited.email, until: () => <Moment at={invited.endsAt} /> })}
      </Text>
      <Trouble error={error} />
      {invited.codeNeeded ? (
        <CodeForm label={t("invitation.toldCode")} action={t("invitation.begin")} isNumeric={false} onCode={accept} />
      ) : (
        <Button loading={isBusy} onClick={() => void attempt(accept)}>
          {t("invitation.begin")}
        </Button>
      )}
    </Page>
  );
}
