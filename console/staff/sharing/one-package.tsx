// One package: to whom, on what ground, what became of it, the entries it rests on; and its end before it is picked up.
import { Anchor, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { useFlowTexts } from "./flow-texts.ts";
import { PackageBadge } from "./package-badge.tsx";
import type { Face } from "./packages.tsx";
import { useRecipientName } from "./recipient-name.ts";

export function OnePackage(): ReactNode {
  const t = useTranslations("sharing");
  const { packageId = "" } = useParams({ strict: false });
  const found = useAsk("getPackage", { params: { packageId } });
  return (
    <Page
      title={t("one")}
      actions={
        <Anchor component={Link} to="/sharing">
          {t("back")}
        </Anchor>
      }
    >
      <Answered of={found}>{(face) => <Whole face={face} />}</Answered>
    </Page>
  );
}

function Whole({ face }: { readonly face: Face }): ReactNode {
  const t = useTranslations("sharing");
  const may = useMay();
  return (
    <Stack gap="md" maw="60rem">
      <PackageFacts face={face} />
      {face.state === "waiting" && may("package.stop") && (
        <Group>
          <DialogButton
            label={t("revoke")}
            title={t("revoke")}
            dialog={(close) => <Revoke packageId={face.packageId} onDone={close} />}
          />
        </Group>
      )}
      <section aria-labelledby="entries">
        <Title order={2} id="entries" mb="xs">
          {t("entries")}
        </Title>
        <List size="sm">
          {face.disclosures.map((entryId) => (
            <List.Item key={entryId}>
              {may("ledger.read") ? (
                <Anchor component={Link} to={`/ledger/${entryId}`} ff="monospace" size="sm">
                  {entryId}
                </Anchor>
              ) : (
                <ShortId id={entryId} />
              )}
            </List.Item>
          ))}
        </List>
      </section>
    </Stack>
  );
}

export function PackageFacts({ face }: { readonly face: Face }): ReactNode {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const nameOf = useRecipientName();
  const said = useFlowTexts();
  const { recipientId, delivery, format, mayDownload, released, refused, sizeBytes } = face;
  return (
    <Card withBorder>
      <Facts
        of={[
          [t("state"), <PackageBadge key="state" state={face.state} />],
          [
            t("recipient"),
            <Anchor key="to" component={Link} to={`/recipients/${recipientId}`} size="sm">
              {nameOf(recipientId)}
            </Anchor>,
          ],
          [t("purpose"), words(`purposes.${face.purpose}`)],
          [t("basis"), words(`bases.${face.basis}`)],
          [t("flow"), face.flow === null ? null : said.named(face.flow)],
          [t("delivery"), t(`deliveries.${delivery}`)],
          [t("format"), delivery === "key" ? format.toUpperCase() : null],
          [t("download"), delivery === "room" ? t(mayDownload ? "downloadYes" : "downloadNo") : null],
          [t("customersIn"), face.customers],
          [t("valuesIn"), t("released", { released, refused })],
          [t("size"), t("bytes", { bytes: sizeBytes })],
          [t("madeBy"), <Who key="by" id={face.madeBy} />],
          [t("madeAt"), <Moment key="made" at={face.madeAt} />],
          [t("expiresAt"), <Moment key="until" at={face.expiresAt} />],
          [t("changedAt"), <Moment key="changed" at={face.changedAt} />],
          [t("id"), <ShortId key="id" id={face.packageId} />],
        ]}
      />
    </Card>
  );
}

function Revoke({ packageId, onDone }: { readonly packageId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("sharing");
  const act = useAct("revokePackage", { changes: ["getPackage", "listPackages"], onDone });
  return (
    <ActForm
      action={t("revokeNow")}
      act={act}
      isDangerous
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { packageId } })}
    >
      <Text size="sm">{t("revokeWhat")}</Text>
    </ActForm>
  );
}
