// The contracts of a third party: what for, what of it, until when; approved by another, ended at once.
import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Empty } from "../../shared/empty.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { useSchema } from "../customers/schema.ts";
import { useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Ends } from "./ends.tsx";
import { By } from "./by.tsx";
import type { RecipientFile } from "./recipient.tsx";
import { RequestContract } from "./request-contract.tsx";

type Contract = RecipientFile["contracts"][number];
const CHANGES = ["listRecipients", "getRecipient", "listEntries"] as const;

export function Contracts({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients.contract");
  const may = useMay();
  const { recipientId, contracts, state } = recipient;
  return (
    <section aria-labelledby="contracts">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="contracts">
          {t("title")}
        </Title>
        {state !== "ended" && may("recipient.request") && (
          <DialogButton
            label={t("add")}
            title={t("add")}
            dialog={(close) => <RequestContract recipientId={recipientId} onDone={close} />}
          />
        )}
      </Group>
      {contracts.length === 0 ? (
        <Empty>{t(state === "ended" ? "ended" : "none")}</Empty>
      ) : (
        <Stack gap="sm">
          {contracts.map((contract) => (
            <One key={contract.contractId} recipientId={recipientId} contract={contract} />
          ))}
        </Stack>
      )}
    </section>
  );
}

interface OneProps {
  readonly recipientId: string;
  readonly contract: Contract;
}

function One({ recipientId, contract }: OneProps): ReactNode {
  const t = useTranslations("recipients.contract");
  const recipients = useTranslations("recipients");
  const format = useFormatter();
  const name = useNames();
  const schema = useSchema();
  const { reference, kind, purposes, classes, fields, lines, jurisdictions, transferBasis, tokens } = contract;
  const { requestedBy, requestedAt, approvedBy, approvedAt } = contract;
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm" align="start">
        <Text fw={600} className="wrap">
          {reference} · {t(`kinds.${kind}`)}
        </Text>
        <Badge variant={contract.isInForce ? "light" : "default"} color="green" tt="none">
          {t(contract.isInForce ? "inForce" : approvedBy === null ? "waits" : "notYet")}
        </Badge>
      </Group>
      <Facts
        of={[
          [t("purposes"), format.list(purposes.map(name.purpose))],
          [t("classes"), format.list(classes.map(name.dataClass))],
          [t("fields"), fields === null ? t("allFields") : format.list(fields.map((path) => schema.field(path).label))],
          [t("lines"), lines === null ? t("allLines") : format.list(lines.map(name.line))],
          [t("jurisdictions"), jurisdictions.join(", ")],
          [t("transferBasis"), t(`transfers.${transferBasis}`)],
          [t("tokens"), t(`tokenStyles.${tokens}`)],
          [t("startsAt"), <Moment key="from" at={contract.startsAt} dateOnly />],
          [t("endsAt"), contract.endsAt === null ? t("noEnd") : <Ends key="until" at={contract.endsAt} />],
          [recipients("requestedBy"), <By key="asked" who={requestedBy} at={requestedAt} />],
          [
            recipients("approvedBy"),
            approvedBy === null || approvedAt === null ? null : <By key="ok" who={approvedBy} at={approvedAt} />,
          ],
        ]}
      />
      <Acts recipientId={recipientId} contract={contract} />
    </Card>
  );
}

function Acts({ recipientId, contract: { contractId, approvedBy, requestedBy, reference } }: OneProps): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  const { principalId } = useSession();
  const approve = useAct("approveRecipientContract", { changes: CHANGES });
  const end = useAct("endRecipientContract", { changes: CHANGES });
  const params = { recipientId, contractId };
  const mayApprove = approvedBy === null && may("recipient.approve");
  return (
    <Group gap="sm" mt="sm">
      {mayApprove && requestedBy === principalId && <Text size="sm">{t("own")}</Text>}
      {mayApprove && requestedBy !== principalId && (
        <Button
          loading={approve.isPending}
          aria-label={t("contract.approve", { reference })}
          onClick={() => approve.mutate({ params })}
        >
          {t("approve")}
        </Button>
      )}
      {may("recipient.stop") && (
        <Button
          variant="default"
          loading={end.isPending}
          aria-label={t("contract.end", { reference })}
          onClick={() => end.mutate({ params })}
        >
          {t("end")}
        </Button>
      )}
      <Trouble error={approve.error ?? end.error} />
    </Group>
  );
}
