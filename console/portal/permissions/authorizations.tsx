// What the customer was asked to allow, allows, and allowed: what is asked first, with an answer to give; then what stands; then what is over.
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Section } from "../settings/section.tsx";
import { AskedFor, Renew, Withdraw } from "./answers.tsx";
import { useScopeWords } from "./scope-words.ts";
import { Moment } from "../../shared/moment.tsx";
import { useLanguage } from "../../shared/texts.tsx";

export type Own = AnswerOf<"listOwnAuthorizations">["items"][number];
export type Form = AnswerOf<"listOwnAuthorizations">["forms"][number];

const ORDER: readonly Own["state"][] = ["asked", "given", "refused", "withdrawn", "expired", "renewed"];

export function OwnAuthorizations(): ReactNode {
  const t = useTranslations("portal-permissions");
  const own = useAsk("listOwnAuthorizations", {});
  return (
    <Section title={t("allow.title")} lead={t("allow.lead")}>
      <Answered of={own}>
        {({ items, forms }) =>
          items.length === 0 ? (
            <Text fw={600}>{t("allow.none")}</Text>
          ) : (
            <Stack gap="md">
              {items
                .toSorted((left, right) => ORDER.indexOf(left.state) - ORDER.indexOf(right.state))
                .map((one) => (
                  <One key={one.authorizationId} one={one} form={forms.find(({ form }) => form === one.form)} />
                ))}
            </Stack>
          )
        }
      </Answered>
    </Section>
  );
}

interface OneProps {
  readonly one: Own;
  readonly form: Form | undefined;
}

function One({ one, form }: OneProps): ReactNode {
  const t = useTranslations("portal-permissions");
  const language = useLanguage();
  const words = useScopeWords(one);
  return (
    <Card withBorder padding="sm" component="article" aria-label={form?.title[language] ?? one.form}>
      <Stack gap={6}>
        <Title order={3}>{form?.title[language] ?? one.form}</Title>
        <Text fw={600}>{t(`allow.states.${one.state}`)}</Text>
        <Fact name={t("allow.what")}>{words.classes}</Fact>
        <Fact name={t("allow.who")}>{words.recipients}</Fact>
        <Fact name={t("allow.why")}>{words.purposes}</Fact>
        <Fact name={t("allow.where")}>
          {one.unitIds === null ? t("allow.everything") : t("allow.some", { count: one.unitIds.length })}
        </Fact>
        {one.expiresAt !== null && (
          <Fact name={t("allow.until")}>
            <Moment at={one.expiresAt} dateOnly />
          </Fact>
        )}
        {one.withdrawnAt !== null && (
          <Fact name={t("allow.withdrawnAt")}>
            <Moment at={one.withdrawnAt} />
          </Fact>
        )}
        {one.signer === "representative" && <Fact name={t("allow.signer")}>{t("allow.byRepresentative")}</Fact>}
        {one.state !== "asked" && one.signedAt !== null && <LastUse one={one} />}
        {one.state === "asked" && <AskedFor one={one} form={form} />}
        {(one.state === "given" || one.state === "expired") && <Renew one={one} form={form} />}
        {one.state === "given" && <Withdraw authorizationId={one.authorizationId} />}
      </Stack>
    </Card>
  );
}

function LastUse({ one: { lastUse } }: Pick<OneProps, "one">): ReactNode {
  const t = useTranslations("portal-permissions");
  return <Fact name={t("allow.used")}>{lastUse === null ? t("allow.never") : <Moment at={lastUse.at} />}</Fact>;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <Text size="sm">
      <Text span c="dimmed">
        {name}
      </Text>{" "}
      {children}
    </Text>
  );
}
