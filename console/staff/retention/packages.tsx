// Packages of which something is held back: released or withheld by somebody other than who made them.
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
          <OneHeld
            key={held.unitId}
            of={of}
            held={held}
            isOffered={may("data-copy.review") && of.madeBy !== principalId}
          />
        ))}
      </Stack>
    </Card>
  );
}

interface OneHeldProps {
  readonly of: Package;
  readonly held: Held;
  readonly isOffered: boolean;
}

function OneHeld({ of, held, isOffered }: OneHeldProps): ReactNode {
  const t = useTranslations("retention.packages");
  const grounds = Object.keys(useMessages().retention.packages.grounds) as Ground[];
  const [ground, setGround] = useState<Ground | null>(null);
  const act = useAct("decideDataCopy", { changes: ["listDataCopies"] });
  const params = { customerId: of.customerId, copyId: of.copyId };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <ShortId id={held.unitId} />
        <Text size="sm">{t(`why.${held.why}`, { count: held.records })}</Text>
      </Group>
      <Trouble error={act.error} />
      {isOffered && (
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
            onClick={() =>
              ground !== null && act.mutate({ params, body: { unitId: held.unitId, release: false, ground } })
            }
          >
            {t("withhold")}
          </Button>
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ params, body: { unitId: held.unitId, release: true } })}
          >
            {t("release")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
