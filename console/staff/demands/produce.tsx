// Producing what was approved: shown through the gate to whoever prepares it, and sent to whom it is to be given; who approved does neither.
import { Anchor, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { shortId } from "../../shared/short-id.tsx";
import type { Demand } from "./demands.tsx";

const BASIS = "legal-demand";

/** As the pages that ask and send read it: ids and members of closed lists alone stand in an address. */
const filter = (words: Readonly<Record<string, string>>): string => encodeURIComponent(JSON.stringify(words));

export function Produce({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  const may = useMay();
  const { principalId, purposes } = useSession();
  const kind = useAsk("listDemandRules", {}).data?.kinds.find((one) => one.kind === demand.kind);
  if (demand.approvals.some(({ by }) => by === principalId)) return <Text size="sm">{t("produceNotYou")}</Text>;
  const customers = [...new Set(demand.produced.map(({ customerId }) => customerId))];
  const purpose = purposes.find((one) => kind?.purposes.includes(one));
  const { recipientId } = demand.recipient;
  const sending = {
    basis: BASIS,
    ...(purpose === undefined ? {} : { purpose }),
    ...(recipientId === null ? {} : { recipient: recipientId }),
  };
  return (
    <Stack gap={4}>
      <Text size="sm">{t("produceHow")}</Text>
      {customers.map((customerId) => (
        <Anchor key={customerId} href={`/customers/${customerId}/ask?filter=${filter({ basis: BASIS })}`} size="sm">
          {t("produce", { id: shortId(customerId) })}
        </Anchor>
      ))}
      {may("package.make") && (
        <>
          <Text size="sm" mt="xs">
            {t("sendHow")}
          </Text>
          {customers.map((customerId) => (
            <Anchor key={customerId} href={`/sharing/new/of/${customerId}?filter=${filter(sending)}`} size="sm">
              {t("send", { id: shortId(customerId) })}
            </Anchor>
          ))}
        </>
      )}
    </Stack>
  );
}
