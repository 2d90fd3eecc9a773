// The contracts of a third party: what for, what of it, until when; approved by another, ended at once.
import { Badge, Card, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useSchema } from "../customers/schema.ts";
import { useNames } from "../governing/choices.ts";
import { Ends } from "./ends.tsx";
import { By } from "./by.tsx";
import { PART_CHANGES, PartActs, Parts } from "./parts.tsx";
import type { RecipientFile } from "./recipient.tsx";
import { RequestContract } from "./request-contract.tsx";

type Contract = RecipientFile["contracts"][number];

export function Contracts({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const { recipientId, contracts, state } = recipient;
  return (
    <Parts of="contract" state={state} add={(close) => <RequestContract recipientId={recipientId} onDone={close} />}>
      {contracts.map((contract) => (
        <One key={contract.contractId} recipientId={recipientId} contract={contract} />
      ))}
    </Parts>
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

function Acts({ recipientId, contract }: OneProps): ReactNode {
  const t = useTranslations("recipients");
  const approve = useAct("approveRecipientContract", { changes: PART_CHANGES });
  const end = useAct("endRecipientContract", { changes: PART_CHANGES });
  const { contractId, reference } = contract;
  const params = { recipientId, contractId };
  return (
    <PartActs
      part={contract}
      approve={{
        ...approve,
        label: t("approve"),
        name: t("contract.approve", { reference }),
        onAct: () => approve.mutate({ params }),
      }}
      end={{ ...end, label: t("end"), name: t("contract.end", { reference }), onAct: () => end.mutate({ params }) }}
    />
  );
}
