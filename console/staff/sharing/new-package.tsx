// Sending something: to whom, what of whom and why; what the gate would let go and what not; then the package and the way to hand it over.
import { Anchor, Card, Stack, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { useTableView } from "../../shared/table/table-search.ts";
import { ChooseAbout } from "./choose-about.tsx";
import { ChooseRecipient } from "./choose-recipient.tsx";
import { ChooseWhat } from "./choose-what.tsx";
import { type Draft, emptyDraft, type Ground, grounded } from "./draft.ts";
import { HandOver } from "./hand-over.tsx";
import { Making } from "./making.tsx";

export type Made = AnswerOf<"makePackage">;

export function NewPackage(): ReactNode {
  const { recipientId, customerId } = useParams({ strict: false });
  // Whoever comes from a legal demand sends on it, for its purpose, to whom it names.
  const { filter = {} } = useTableView().search;
  const to = recipientId ?? filter["recipient"] ?? null;
  return <Fresh key={`${to} ${customerId}`} recipientId={to} customerId={customerId ?? null} ground={filter} />;
}

interface FreshProps {
  readonly recipientId: string | null;
  readonly customerId: string | null;
  readonly ground: Ground;
}

function Fresh({ recipientId, customerId, ground }: FreshProps): ReactNode {
  const t = useTranslations("sharing");
  const [draft, setDraft] = useState<Draft>(() => grounded(emptyDraft(recipientId, customerId), ground));
  const [made, setMade] = useState<Made | null>(null);
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  return (
    <Page
      title={t(made === null ? "make" : "made")}
      {...(made === null ? { lead: t("makeLead") } : {})}
      actions={
        <Anchor component={Link} to={customerId === null ? "/sharing" : `/customers/${customerId}`}>
          {t(customerId === null ? "back" : "backToCustomer")}
        </Anchor>
      }
    >
      {made !== null ? (
        <HandOver made={made} />
      ) : (
        <Stack gap="lg" maw="70rem">
          <Part title={t("toWhom")}>
            <ChooseRecipient
              chosen={draft.recipientId}
              onChoose={(chosen) => set({ recipientId: chosen, flow: null })}
            />
          </Part>
          <Part title={t("what")}>
            <ChooseWhat draft={draft} set={set} />
          </Part>
          <Part title={t("ofWhom")}>
            <ChooseAbout draft={draft} set={set} />
          </Part>
          <Making draft={draft} set={set} onMade={setMade} />
        </Stack>
      )}
    </Page>
  );
}

export interface DraftProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h3" mb="sm">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </Card>
  );
}
