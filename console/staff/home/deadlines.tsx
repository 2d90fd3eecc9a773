// Whatever ends or falls due, the nearest first: what waits for the reader, what was lent to them, ceilings that are wider for a time.
import { Anchor, Badge, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Empty } from "../../shared/empty.tsx";
import { Day } from "../../shared/day.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { placeOf } from "./waiting.tsx";

const SHOWN_MAX = 12;
const GRANTS_MAX = 50;

interface Deadline {
  readonly key: string;
  readonly what: string;
  readonly to: string | undefined;
  readonly at: string;
  /** The day instead, where a law's clock sets it. */
  readonly on?: string | null;
}

export function Deadlines({ waiting }: Pick<AnswerOf<"listWork">, "waiting">): ReactNode {
  const t = useTranslations("home");
  const lent = useLent();
  const wider = useWiderCeilings();
  const due = waiting.flatMap((item): Deadline[] => {
    if (item.dueAt === null) return [];
    const { kind, id, dueAt: at, dueOn: on } = item;
    return [{ key: `${kind} ${id}`, what: t(`kinds.${kind}`), to: placeOf(item), at, on }];
  });
  const all = [...due, ...lent, ...wider].toSorted((one, other) => one.at.localeCompare(other.at));
  if (all.length === 0) return <Empty>{t("deadlines.none")}</Empty>;
  return (
    <ul className="lines">
      {all.slice(0, SHOWN_MAX).map((deadline) => (
        <li key={deadline.key}>
          <Line deadline={deadline} />
        </li>
      ))}
    </ul>
  );
}

function Line({ deadline: { what, to, at, on } }: { readonly deadline: Deadline }): ReactNode {
  const t = useTranslations("home");
  return (
    <Group justify="space-between" gap="xs">
      {to === undefined ? (
        <Text size="sm">{what}</Text>
      ) : (
        <Anchor component={Link} to={to} size="sm">
          {what}
        </Anchor>
      )}
      <Group gap="xs">
        {Date.parse(at) < Date.now() && (
          <Badge variant="light" color="red">
            {t("deadlines.overdue")}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {on == null ? <Moment at={at} /> : <Day on={on} />}
        </Text>
      </Group>
    </Group>
  );
}

function useLent(): Deadline[] {
  const t = useTranslations("home");
  const may = useMay();
  const query = { of: "mine", state: "live", limit: GRANTS_MAX } as const;
  const grants = useAsk("listGrants", { query }, { enabled: may("grant.request") });
  return (grants.data?.items ?? []).flatMap(({ grantId, form, state, untilAt }) =>
    untilAt === null || state !== "in-force"
      ? []
      : [{ key: grantId, what: t(`deadlines.${form}`), to: "/access/requests", at: untilAt }],
  );
}

function useWiderCeilings(): Deadline[] {
  const t = useTranslations("home");
  const may = useMay();
  const modes = useAsk("listCatastrophes", {}, { enabled: may("catastrophe.list") });
  return (modes.data?.items ?? []).flatMap(({ catastropheId, approvedBy, endsAt }) =>
    approvedBy === null
      ? []
      : [{ key: catastropheId, what: t("deadlines.catastrophe"), to: "/alerts/catastrophes", at: endsAt }],
  );
}
