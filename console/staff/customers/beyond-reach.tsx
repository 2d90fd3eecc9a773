// A customer whose file is not in the reader's hands. Where they asked for something under their rights, whoever answers that finds it here, and what can be
// done without seeing the file; where there is nothing of the kind, there is no such customer.
import { Alert, Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Refused } from "../../shared/refused.ts";
import { useMay } from "../../shared/session.ts";
import type { WholeView } from "./use-masked-view.ts";

type Asked = AnswerOf<"listCustomerRights">["items"][number];

export interface Reach {
  /** Whether the server would let the reader do anything about this customer, as far as their rights go. */
  readonly isKnown: boolean;
  /** What they asked for, where the file is not the reader's to see; else nothing. */
  readonly asked: readonly Asked[];
}

export function useReach(customerId: string, { data, error }: WholeView): Reach {
  const may = useMay();
  const isBeyond = error instanceof Refused && error.code === "not-found";
  const rights = useAsk("listCustomerRights", { params: { customerId } }, { enabled: isBeyond && may("right.read") });
  const asked = isBeyond ? (rights.data?.items ?? []) : [];
  // What was just erased is not to be seen any more, and its certificate still is.
  const [knownId, setKnown] = useState<string | null>(null);
  const isKnown = data !== undefined || asked.length > 0;
  if (isKnown && knownId !== customerId) setKnown(customerId);
  return { isKnown: isKnown || knownId === customerId, asked };
}

export function BeyondReach({ asked }: Pick<Reach, "asked">): ReactNode {
  const t = useTranslations("customers");
  const w = useTranslations("rights-words");
  return (
    <Stack maw="60rem">
      <Alert color="gray" title={t("beyond.title")}>
        {t("beyond.text")}
      </Alert>
      <Title order={2}>{t("beyond.asked")}</Title>
      <ul className="lines">
        {asked.map(({ requestId, kind, state, receivedAt }) => (
          <li key={requestId}>
            <Anchor component={Link} to={`/rights/${requestId}`}>
              {w(`kinds.${kind}`)}
            </Anchor>
            <Text size="sm" c="dimmed">
              <Moment at={receivedAt} dateOnly /> · {w(`states.${state}`)}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
