// What may be decided now: the notice, the scope, the review of privilege, approval, objection, the end. Nobody is offered what they took in or decided before.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DemandNotice } from "./demand-notice.tsx";
import type { Demand } from "./demands.tsx";
import { hasPeriod, Narrow } from "./narrow.tsx";
import { Objecting } from "./objecting.tsx";

const CHANGES = { changes: ["readDemand", "listDemands"] } as const;

export function DemandActs({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  if (demand.state === "closed")
    return (
      <Stack gap="sm">
        <Text c="dimmed">{t("isClosed")}</Text>
        <DemandNotice demand={demand} />
      </Stack>
    );
  return (
    <Stack gap="sm">
      <DemandNotice demand={demand} />
      {demand.state === "open" && (
        <Group>
          <Narrow demand={demand} />
        </Group>
      )}
      {demand.state === "open" && <Decisions demand={demand} />}
      <Ends demand={demand} />
    </Stack>
  );
}

function Decisions({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  const may = useMay();
  const { principalId } = useSession();
  const review = useAct("reviewDemandPrivilege", CHANGES);
  const approve = useAct("approveDemand", CHANGES);
  const params = { demandId: demand.demandId };
  if (demand.takenIn.by === principalId) return <Text size="sm">{t("own")}</Text>;
  const isDone = demand.approvals.some(({ by }) => by === principalId);
  const isWide = hasPeriod(demand) && demand.produced.some(({ recordIds }) => recordIds === null);
  return (
    <Group gap="sm">
      {isWide && <Text size="sm">{t("notNarrowed")}</Text>}
      {demand.needsReview && demand.review === null && may("demand.review") && (
        <Button variant="default" loading={review.isPending} onClick={() => review.mutate({ params })}>
          {t("review")}
        </Button>
      )}
      {may("demand.approve") && !isDone && (
        <Button loading={approve.isPending} onClick={() => approve.mutate({ params })}>
          {t("approve")}
        </Button>
      )}
      {isDone && <Text size="sm">{t("approvedOnce")}</Text>}
      <Trouble error={review.error ?? approve.error} />
    </Group>
  );
}

function Ends({ demand: { demandId, state } }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  const may = useMay();
  const settle = useAct("settleDemandObjection", CHANGES);
  const close = useAct("closeDemand", CHANGES);
  const params = { demandId };
  if (!may("demand.object")) return null;
  return (
    <Group gap="sm">
      {(state === "open" || state === "approved") && <Objecting demandId={demandId} />}
      {state === "objected" && (
        <>
          <Button variant="default" onClick={() => settle.mutate({ params, body: { outcome: "upheld" } })}>
            {t("upheld")}
          </Button>
          <Button variant="default" onClick={() => settle.mutate({ params, body: { outcome: "overruled" } })}>
            {t("overruled")}
          </Button>
        </>
      )}
      <Button
        variant="default"
        onClick={() => close.mutate({ params, body: { how: state === "approved" ? "produced" : "refused" } })}
      >
        {t(state === "approved" ? "closeProduced" : "closeRefused")}
      </Button>
      <Trouble error={settle.error ?? close.error} />
    </Group>
  );
}
