// One API client: what it proves itself by, on what terms, and what the reader may do about it.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { useNames } from "../governing/choices.ts";
import { Facts } from "../../shared/facts.tsx";
import type { Client } from "./clients.tsx";

export interface OneClientProps {
  readonly client: Client;
  readonly onDone: () => void;
}

export function OneClient({ client, onDone }: OneClientProps): ReactNode {
  const may = useMay();
  const keys = useAsk("listClientKeys", { params: { clientId: client.clientId } }, { enabled: may("client.list") });
  return (
    <Stack gap="md">
      <Answered of={keys}>{(known) => <What client={client} keys={known} />}</Answered>
      <Acts client={client} onDone={onDone} />
    </Stack>
  );
}

interface WhatProps {
  readonly client: Client;
  readonly keys: AnswerOf<"listClientKeys">;
}

function What({ client, keys: { items, terms, ceilings } }: WhatProps): ReactNode {
  const t = useTranslations("clients");
  const names = useNames();
  const format = useFormatter();
  const proof = items.map(
    ({ type, kid, thumbprint, awaitsApproval }) =>
      `${t(`proofs.${type}`)} ${kid ?? thumbprint?.slice(0, 12) ?? ""}${awaitsApproval ? ` (${t("waits")})` : ""}`,
  );
  const limits = (["requestsAMinute", "customersAnHour", "customersADay", "fieldsAnHour"] as const)
    .filter((key) => ceilings[key] !== null)
    .map((key) => `${t(`ceilings.${key}`)}: ${format.number(ceilings[key] ?? 0)}`);
  return (
    <Facts
      of={[
        [t("role"), names.role(client.role)],
        [t("purposes"), format.list(client.purposes.map(names.purpose))],
        [t("rows"), names.rows(client.rowScope)],
        [t("classes"), client.classes === null ? null : format.list(client.classes.map(names.dataClass))],
        [t("entities"), client.entities.join(", ")],
        [t("proof"), client.hasSecret ? t("secret") : format.list(proof)],
        [t("limits"), limits.join("; ")],
        [t("actsFor"), t(`actsForWhom.${terms.actsFor}`)],
      ]}
    />
  );
}

const CHANGES = [
  { name: "resume", to: "active", from: ["suspended"], needs: "client.resume" },
  { name: "suspend", to: "suspended", from: ["active"], needs: "client.suspend" },
  { name: "revoke", to: "revoked", from: ["pending", "active", "suspended"], needs: "client.revoke" },
] as const;

/** INVARIANT: approving is offered only where the list of what waits for the reader holds it, which leaves out what they asked for. */
function Acts({ client: { clientId, status, name }, onDone }: OneClientProps): ReactNode {
  const t = useTranslations("clients");
  const may = useMay();
  const work = useAsk("listWork", { query: { limit: 1 } }, { enabled: may("client.approve") });
  const waits = work.data?.waiting.some((each) => each.kind === "client" && each.principalId === clientId) === true;
  const changed = ["listClients", "listClientKeys", "listFindings", "listWork"] as const;
  const change = useAct("changeClient", {
    changes: changed,
    undo: (_answer, { body }) => {
      const way = { suspended: "suspend", active: "resume" }[String(body.status)] ?? null;
      const back = CHANGES.find(({ to, from }) => to === status && from.some((each) => each === body.status));
      if (way === null || back === undefined || !may(back.needs)) return null;
      return counter(t(`done.${way as "suspend" | "resume"}`, { name }), "changeClient", {
        params: { clientId },
        body: { status: back.to },
      });
    },
    onDone,
  });
  const approve = useAct("approveClient", { changes: changed, onDone });
  return (
    <>
      <Trouble error={change.error ?? approve.error} />
      {status === "pending" && !waits && <Text size="sm">{t("pendingOther")}</Text>}
      <Group justify="end">
        {CHANGES.filter(({ from, needs }) => from.some((each) => each === status) && may(needs)).map(
          ({ name: act, to }) => (
            <Button
              key={act}
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ params: { clientId }, body: { status: to } })}
            >
              {t(`acts.${act}`)}
            </Button>
          ),
        )}
        {waits && (
          <Button loading={approve.isPending} onClick={() => approve.mutate({ params: { clientId } })}>
            {t("acts.approve")}
          </Button>
        )}
      </Group>
    </>
  );
}
