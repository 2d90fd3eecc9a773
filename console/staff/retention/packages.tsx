// Packages of which something waits: investigations, judged by those of the matter and released by another; and what may name other people, read by somebody else than who made them.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";
import { Others } from "./others.tsx";
import { WithGround } from "./with-ground.tsx";

type Package = AnswerOf<"listDataCopies">["items"][number];
type Held = Package["held"][number];

export function Packages(): ReactNode {
  const t = useTranslations("retention.packages");
  const { rows, data, error, refetch } = usePages("listDataCopies", { query: { state: "in-review", limit: 50 } });
  return (
    <Stack>
      <Trouble error={error} again={refetch} />
      {rows.length === 0 && <Text c="dimmed">{data === undefined ? t("looking") : t("empty")}</Text>}
      {rows.map((one) => (
        <Waiting key={one.copyId} of={one} />
      ))}
    </Stack>
  );
}

function Waiting({ of }: { readonly of: Package }): ReactNode {
  const t = useTranslations("retention.packages");
  const may = useMay();
  const { principalId } = useSession();
  const open = of.held.filter(({ decision }) => decision === null);
  const acts = of.madeBy === principalId ? "none" : actsOf(may);
  return (
    <Card withBorder>
      <Group gap="xs" mb="xs">
        <Text fw={600}>{t("of")}</Text>
        <ShortId id={of.customerId} />
        <Text size="sm" c="dimmed">
          {t("made")} <Who id={of.madeBy} />, <Moment at={of.madeAt} />
        </Text>
      </Group>
      {of.madeBy === principalId && <Text size="sm">{t("own")}</Text>}
      <Stack gap="sm">
        {open.map((held) => (
          <OneHeld key={held.unitId} of={of} held={held} acts={acts} />
        ))}
        {of.others.waiting > 0 && <Others of={of} mayDecide={acts === "decide"} />}
      </Stack>
    </Card>
  );
}

type Acts = "none" | "judge" | "decide";

function actsOf(may: ReturnType<typeof useMay>): Acts {
  if (may("data-copy.review")) return "decide";
  return may("data-copy.judge") ? "judge" : "none";
}

interface OneHeldProps {
  readonly of: Package;
  readonly held: Held;
  readonly acts: Acts;
}

function OneHeld({ of, held, acts }: OneHeldProps): ReactNode {
  const t = useTranslations("retention.packages");
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <ShortId id={held.unitId} />
        <Text size="sm">{t(`why.${held.why}`, { count: held.records })}</Text>
      </Group>
      <Judged held={held} />
      {acts === "decide" && <Deciding of={of} held={held} />}
      {acts === "judge" && <Judging of={of} held={held} />}
    </Stack>
  );
}

function Judged({ held: { judged } }: { readonly held: Held }): ReactNode {
  const t = useTranslations("retention.packages");
  if (judged === null)
    return (
      <Text size="sm" c="dimmed">
        {t("judged.nobody")}
      </Text>
    );
  return (
    <Text size="sm" component="div">
      {judged.ground === null ? t("judged.may") : t("judged.withhold", { ground: t(`grounds.${judged.ground}`) })}{" "}
      <Who id={judged.by} />, <Moment at={judged.at} />
    </Text>
  );
}

type FormProps = Omit<OneHeldProps, "acts">;

/** By the privacy officer, who releases only what somebody else has judged before. */
function Deciding({ of: { customerId, copyId }, held: { unitId, judged } }: FormProps): ReactNode {
  const t = useTranslations("retention.packages");
  const act = useAct("decideDataCopy", { changes: ["listDataCopies"] });
  const params = { customerId, copyId };
  return (
    <WithGround
      act={act}
      onWithhold={(ground) => act.mutate({ params, body: { unitId, release: false, ground } })}
      withhold={t("withhold")}
    >
      <Button
        variant="default"
        disabled={judged === null || judged.ground !== null}
        loading={act.isPending}
        onClick={() => act.mutate({ params, body: { unitId, release: true } })}
      >
        {t("release")}
      </Button>
    </WithGround>
  );
}

/** By counsel, or an investigator who does not run the case. */
function Judging({ of: { customerId, copyId }, held: { unitId } }: FormProps): ReactNode {
  const t = useTranslations("retention.packages");
  const act = useAct("judgeDataCopy", { changes: ["listDataCopies"] });
  const params = { customerId, copyId };
  return (
    <WithGround
      act={act}
      onWithhold={(ground) => act.mutate({ params, body: { unitId, release: false, ground } })}
      withhold={t("judge.withhold")}
    >
      <Button
        variant="default"
        loading={act.isPending}
        onClick={() => act.mutate({ params, body: { unitId, release: true } })}
      >
        {t("judge.may")}
      </Button>
    </WithGround>
  );
}
