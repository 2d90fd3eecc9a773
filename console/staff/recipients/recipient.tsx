// One third party: who it is, how far it is taken in, its contracts and keys, and what it was given.
import { Anchor, Card, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { By } from "./by.tsx";
import { Contracts } from "./contracts.tsx";
import { Given } from "./given.tsx";
import { GivenTokens } from "./given-tokens.tsx";
import { Keys } from "./keys.tsx";
import { Onboarding } from "./onboarding.tsx";
import { Passkeys } from "./passkeys.tsx";
import { RecipientActs } from "./recipient-acts.tsx";
import { RecipientBadge } from "./recipient-badge.tsx";

export type RecipientFile = AnswerOf<"getRecipient">;

export function RecipientPage(): ReactNode {
  const t = useTranslations("recipients");
  const { recipientId = "" } = useParams({ strict: false });
  const found = useAsk("getRecipient", { params: { recipientId } });
  return (
    <Page
      title={t("one")}
      actions={
        <Anchor component={Link} to="/recipients">
          {t("back")}
        </Anchor>
      }
    >
      <Answered of={found}>{(recipient) => <Whole recipient={recipient} />}</Answered>
    </Page>
  );
}

function Whole({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  return (
    <Stack gap="lg" maw="70rem">
      <Identity recipient={recipient} />
      <RecipientActs recipient={recipient} />
      {recipient.exit === null ? (
        <section aria-labelledby="onboarding">
          <Title order={2} id="onboarding" mb="xs">
            {t("onboarding")}
          </Title>
          <Onboarding recipient={recipient} />
        </section>
      ) : (
        <Exit exit={recipient.exit} />
      )}
      <Contracts recipient={recipient} />
      <Keys recipient={recipient} />
      <Passkeys recipient={recipient} />
      {may("package.oversee") && <GivenTokens recipientId={recipient.recipientId} />}
      {may("ledger.read") && <Given recipientId={recipient.recipientId} />}
    </Stack>
  );
}

function Identity({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients");
  const words = useTranslations("words");
  const format = useFormatter();
  const { name, type, jurisdiction, contact, identityProvider, subcontractors, verification } = recipient;
  const { requestedBy, requestedAt, approvedBy, approvedAt } = recipient;
  const handedOn = subcontractors.map((each) => `${each.name} (${each.jurisdiction}): ${each.service}`);
  return (
    <Card withBorder>
      <Text fw={600} mb="sm" className="wrap">
        {name}
      </Text>
      <Facts
        of={[
          [t("state"), <RecipientBadge key="state" state={recipient.state} />],
          [t("type"), words(`recipients.${type}`)],
          [t("jurisdiction"), jurisdiction],
          [t("verification"), verification],
          [t("contact"), contact],
          [t("postalAddress"), recipient.postalAddress.length === 0 ? null : recipient.postalAddress.join(", ")],
          [t("identityProvider"), identityProvider],
          [t("identityClientId"), recipient.identityClientId],
          [t("identityClientSecret"), recipient.hasIdentityClientSecret ? t("identityClientSecretHeld") : null],
          [t("subcontractors"), handedOn.length === 0 ? t("noSubcontractors") : format.list(handedOn)],
          [t("requestedBy"), <By key="asked" who={requestedBy} at={requestedAt} />],
          [
            t("approvedBy"),
            approvedBy === null || approvedAt === null ? null : <By key="ok" who={approvedBy} at={approvedAt} />,
          ],
          [t("id"), <ShortId key="id" id={recipient.recipientId} />],
        ]}
      />
    </Card>
  );
}

function Exit({ exit }: { readonly exit: NonNullable<RecipientFile["exit"]> }): ReactNode {
  const t = useTranslations("recipients");
  return (
    <Card withBorder>
      <Title order={2} mb="sm">
        {t("exit.certificate")}
      </Title>
      <Facts
        of={[
          [t("exit.method"), t(`exit.methods.${exit.method}`)],
          [t("exit.reference"), exit.reference],
          [t("exit.by"), <By key="by" who={exit.by} at={exit.at} />],
        ]}
      />
    </Card>
  );
}
