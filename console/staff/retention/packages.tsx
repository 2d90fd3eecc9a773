// Packages of which something is held back: judged by those of the matter, then released or withheld by somebody other than who made them.
import { Button, Card, Group, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";

type Package = AnswerOf<"listDataCopies">["items"][number];
type Held = Package["held"][number];
type Ground = NonNullable<NonNullable<Held["decision"]>["ground"]>;

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
          <OneHeld key={held.unitId} of={of} held={held} acts={of.madeBy === principalId ? "none" : actsOf(may)} />
        ))}
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

interface WithGroundProps {
  readonly act: { readonly isPending: boolean; readonly error: unknown };
  readonly withhold: string;
  readonly onWithhold: (ground: Ground) => void;
  /** The way without a ground. */
  readonly children: ReactNode;
}

function WithGround({ act, withhold, onWithhold, children }: WithGroundProps): ReactNode {
  const t = useTranslations("retention.packages");
  const grounds = Object.keys(useMessages().retention.packages.grounds) as Ground[];
  const [ground, setGround] = useState<Ground | null>(null);
  return (
    <>
      <Trouble error={act.error} />
      <Group align="end" gap="sm">
        <Select
          label={t("ground")}
          w={320}
          maw="100%"
          data={grounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
          value={ground}
          onChange={(value) => setGround(value as Ground | null)}
        />
        <Button
          variant="default"
          disabled={ground === null}
          loading={act.isPending}
          onClick={() => ground !== null && onWithhold(ground)}
        >
          {withhold}
        </Button>
        {children}
      </Group>
    </>
  );
}
