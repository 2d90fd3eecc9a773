// A customer's authorizations in every state, newest first: how far each reaches, on what it rests, and when somebody last rested on it.
import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { Confidence } from "../governing/confidence.tsx";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { Who } from "../governing/who.tsx";
import { AuthorizationActs } from "./authorization-acts.tsx";
import { Capture } from "./capture.tsx";
import { type Authorization, useForms } from "./forms.ts";
import { OpenPaper } from "./open-paper.tsx";

export function Authorizations({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("permissions");
  const may = useMay();
  const found = useAsk("listAuthorizations", { params: { customerId } }, RECORDED);
  return (
    <section aria-labelledby="authorizations">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="authorizations">
          {t("authorizations.title")}
        </Title>
        {may("authorization.record") && <Capture customerId={customerId} />}
      </Group>
      <Answered of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t("authorizations.none")}</Empty>
          ) : (
            <Stack gap="sm">
              {items.map((one) => (
                <One key={one.authorizationId} one={one} customerId={customerId} />
              ))}
            </Stack>
          )
        }
      </Answered>
    </section>
  );
}

const COLOURS: Readonly<Partial<Record<Authorization["state"], string>>> = { given: "green", asked: "blue" };

interface OneProps {
  readonly one: Authorization;
  readonly customerId: string;
}

function One({ one, customerId }: OneProps): ReactNode {
  const t = useTranslations("permissions");
  const language = useLanguage();
  const form = useForms().find((known) => known.form === one.form);
  const { state } = one;
  return (
    <Card withBorder padding="sm" component="article" aria-label={form?.title[language] ?? one.form}>
      <Stack gap="xs">
        <Group gap="xs">
          <Title order={3}>{form?.title[language] ?? one.form}</Title>
          <Badge
            variant={COLOURS[state] === undefined ? "default" : "light"}
            color={COLOURS[state] ?? "gray"}
            tt="none"
          >
            {t(`states.${state}`)}
          </Badge>
          <ShortId id={one.authorizationId} />
        </Group>
        {form !== undefined && (
          <Text size="xs" c="dimmed">
            {form.law} ({form.citation})
          </Text>
        )}
        {form !== undefined && form.confidence !== "high" && (
          <Confidence confidence={form.confidence} confirmed={form.confirmed} isBrief />
        )}
        <Reach one={one} customerId={customerId} />
        <AuthorizationActs one={one} customerId={customerId} form={form} />
      </Stack>
    </Card>
  );
}

function Reach({ one, customerId }: OneProps): ReactNode {
  const t = useTranslations("permissions");
  const words = useTranslations("words");
  const format = useFormatter();
  const { classes, recipients, purposes, unitIds, recordIds, expiresAt, lastUse } = one;
  const named = recipients.map(({ type }) => (type === "none" ? t("us") : words(`recipients.${type}`)));
  const places = unitIds === null ? t("everywhere") : t("units", { count: unitIds.length });
  const withdrawn = one.withdrawnAt !== null && <Moment at={one.withdrawnAt} />;
  return (
    <Facts
      of={[
        [t("facts.classes"), format.list(classes.map((name) => words(`classes.${name}`)))],
        [t("facts.recipients"), format.list(named)],
        [t("facts.purposes"), format.list(purposes.map((name) => words(`purposes.${name}`)))],
        [t("facts.where"), recordIds === null ? places : `${places}, ${t("records", { count: recordIds.length })}`],
        [t("facts.narrowed"), one.isNarrowed ? t("facts.narrowedTo") : null],
        [t("facts.until"), expiresAt === null ? null : <Moment at={expiresAt} dateOnly />],
        [
          t("facts.signed"),
          one.signedAt === null ? null : <Signed one={one} customerId={customerId} at={one.signedAt} />,
        ],
        [t("facts.recordedBy"), one.recordedBy === null ? null : <Who id={one.recordedBy} />],
        [t("facts.refused"), one.refusedAt === null ? null : <Moment at={one.refusedAt} dateOnly />],
        [t("facts.withdrawn"), withdrawn === false ? null : withdrawn],
        [t("facts.lastUse"), one.signedAt === null ? null : <LastUse use={lastUse} />],
      ]}
    />
  );
}

function Signed({ one, customerId, at }: OneProps & { readonly at: string }): ReactNode {
  const t = useTranslations("permissions");
  return (
    <>
      <Moment at={at} dateOnly /> · {t(one.signer === "representative" ? "signer.representative" : "signer.customer")} ·{" "}
      {one.documentId === null ? (
        t("inPortal")
      ) : (
        <>
          <ShortId id={one.documentId} /> <OpenPaper customerId={customerId} recordId={one.documentId} />
        </>
      )}
    </>
  );
}

/** Read off the ledger: the entry can be looked up by its id. */
function LastUse({ use }: { readonly use: Authorization["lastUse"] }): ReactNode {
  const t = useTranslations("permissions");
  if (use === null) return t("neverUsed");
  return (
    <>
      <Moment at={use.at} /> · <ShortId id={use.entryId} />
    </>
  );
}
