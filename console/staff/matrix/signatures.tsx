// Permits of unconfirmed text: which wait for an officer's signature, what each holds up, how it is signed; and which are signed.
import { Anchor, Button, Card, Code, CopyButton, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Empty } from "../../shared/empty.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { useAsk } from "../../shared/queries.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useNames } from "../governing/choices.ts";
import { useFlowTexts } from "../sharing/flow-texts.ts";
import { RuleTabs } from "./rule-tabs.tsx";

type Whole = AnswerOf<"listPolicySignatures">;
type Permit = Whole["waiting"][number];
type Signed = Whole["signed"][number];

export function Signatures(): ReactNode {
  const t = useTranslations("matrix.signatures");
  const found = useAsk("listPolicySignatures", {});
  const columns = useColumns();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RuleTabs />
      <Answered of={found}>
        {({ waiting, signed, ...whole }) => (
          <Stack gap="lg" maw="70rem">
            <section aria-labelledby="waiting">
              <Title order={2} id="waiting" mb="xs">
                {t("waiting", { count: waiting.length })}
              </Title>
              {waiting.length === 0 && <Empty>{t("empty")}</Empty>}
              <Stack gap="sm">
                {waiting.map((permit) => (
                  <One key={permit.id} permit={permit} whole={whole} />
                ))}
              </Stack>
            </section>
            <section aria-labelledby="signed">
              <Title order={2} id="signed" mb="xs">
                {t("signed")}
              </Title>
              <DataTable
                label={t("signed")}
                rows={signed}
                rowKey={({ policy }) => policy}
                columns={columns}
                empty={t("noneSigned")}
              />
            </section>
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

interface OneProps {
  readonly permit: Permit;
  readonly whole: Pick<Whole, "signers" | "file">;
}

function One({ permit, whole }: OneProps): ReactNode {
  const t = useTranslations("matrix.signatures");
  const matrix = useTranslations("matrix");
  const format = useFormatter();
  const names = useNames();
  const said = useRuleTexts();
  const flows = useFlowTexts();
  const [isOpen, setOpen] = useState(false);
  const held = permit.flows.map(flows.title);
  return (
    <Card withBorder component="article" aria-label={permit.id}>
      <Text fw={600} className="wrap">
        {said.rule({ id: permit.id, text: permit.title })}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {permit.citation}
      </Text>
      <Facts
        of={[
          [t("confirmed"), matrix(`confirmed.${permit.confirmed}`)],
          [t("confidence"), t(`confidenceOf.${permit.confidence ?? "high"}`)],
          held.length > 0 ? [t("flows"), format.list(held)] : [t("use"), <Use key="use" permit={permit} />],
          [t("who"), format.list(whole.signers.map(names.role), { type: "disjunction" })],
        ]}
      />
      <Group mt="sm">
        <Anchor component="button" type="button" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t("hide") : t("how")} ({permit.id})
        </Anchor>
      </Group>
      {isOpen && <HowTo permit={permit} file={whole.file} />}
    </Card>
  );
}

/** Where no flow is among them: whom and what for its conditions name. */
function Use({ permit: { recipients, purposes, role } }: { readonly permit: Permit }): ReactNode {
  const t = useTranslations("matrix.signatures");
  const words = useTranslations("words");
  const format = useFormatter();
  const names = useNames();
  const to = format.list(recipients.map((each) => words(`recipients.${each}`)));
  if (recipients.length === 0) return t("useShown", { role: role === null ? "" : names.role(role) });
  if (purposes.length === 0) return t("useSent", { recipients: to });
  return t("useSentFor", { recipients: to, purposes: format.list(purposes.map(names.purpose)) });
}

function HowTo({ permit, file }: { readonly permit: Permit; readonly file: string }): ReactNode {
  const t = useTranslations("matrix.signatures");
  return (
    <Stack gap="xs" mt="sm">
      <Text size="sm">{t("readIt")}</Text>
      {permit.text !== null && <Copied text={permit.text} />}
      <Text size="sm">{t("byCommand")}</Text>
      <Copied text={`uberrima policy sign ${permit.id} --note "…"`} />
      <Text size="sm">{t("byHand", { file })}</Text>
      <Copied text={permit.entry} />
      <Text size="sm">{t("then")}</Text>
    </Stack>
  );
}

function Copied({ text }: { readonly text: string }): ReactNode {
  const t = useTranslations("matrix.signatures");
  return (
    <Stack gap={4} align="start">
      <Code block w="100%" tabIndex={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {t(copied ? "copied" : "copy")}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}

function useColumns(): readonly Column<Signed>[] {
  const t = useTranslations("matrix.signatures");
  const names = useNames();
  return [
    { key: "policy", title: t("policy"), cell: ({ policy }) => policy, sortBy: ({ policy }) => policy },
    { key: "role", title: t("role"), cell: ({ role }) => names.role(role), sortBy: ({ role }) => role },
    { key: "date", title: t("date"), cell: ({ date }) => <Moment at={date} dateOnly />, sortBy: ({ date }) => date },
    { key: "note", title: t("note"), cell: ({ note }) => note },
  ];
}
