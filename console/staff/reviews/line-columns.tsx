// The columns of a review's lines: who, what they have, what they used of it, what is odd, what is suggested, what was decided.
import { Badge, Checkbox, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import type { Column } from "../../shared/table/column.ts";
import { useNames } from "../governing/choices.ts";
import type { Line } from "./lines.tsx";

export interface Choosing {
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  /** The lines that are the reader's to decide. */
  readonly choosable: ReadonlySet<string>;
}

export function useLineColumns({ chosen, onChosen, choosable }: Choosing): readonly Column<Line>[] {
  const t = useTranslations("reviews");
  const names = useNames();
  const format = useFormatter();
  const toggle = (lineId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(lineId)) next.add(lineId);
    onChosen(next);
  };
  return [
    {
      key: "choose",
      title: t("choose"),
      cell: ({ lineId, subject }) =>
        choosable.has(lineId) && (
          <Checkbox
            size="xs"
            aria-label={t("chooseName", { name: subject.name })}
            checked={chosen.has(lineId)}
            onChange={() => toggle(lineId)}
          />
        ),
    },
    {
      key: "name",
      title: t("who"),
      cell: ({ subject, assignment }) =>
        assignment === null ? subject.name : `${subject.name}: ${names.assignment(assignment.kind)}`,
      sortBy: ({ subject }) => subject.name,
    },
    {
      key: "role",
      title: t("role"),
      cell: ({ subject }) => names.role(subject.role),
      sortBy: ({ subject }) => names.role(subject.role),
    },
    {
      key: "purposes",
      title: t("has"),
      cell: ({ subject }) => (
        <Text size="sm" lineClamp={1} maw="16rem" title={format.list(subject.purposes.map(names.purpose))}>
          {format.list(subject.purposes.map(names.purpose))}
        </Text>
      ),
    },
    {
      key: "last",
      title: t("lastUse"),
      cell: ({ used }) => (used.lastAt === null ? t("never") : <Moment at={used.lastAt} dateOnly />),
      sortBy: ({ used }) => used.lastAt ?? "",
    },
    {
      key: "acts",
      title: t("acts"),
      cell: ({ used, peers }) => `${format.number(used.acts)} (${format.number(peers.actsMedian)})`,
      sortBy: ({ used }) => used.acts,
      align: "end",
    },
    {
      key: "flags",
      title: t("flag"),
      cell: ({ flags }) =>
        flags.map((flag) => (
          <Badge key={flag} variant="light" color="orange" mr={4}>
            {t(`flags.${flag}`)}
          </Badge>
        )),
      sortBy: ({ flags }) => flags.length,
    },
    {
      key: "suggestion",
      title: t("suggestion"),
      cell: ({ suggestion }) => (
        <span title={suggestion.because.join("; ")}>{t(`decisions.${suggestion.decision}`)}</span>
      ),
      sortBy: ({ suggestion }) => suggestion.decision,
    },
    {
      key: "decision",
      title: t("decision"),
      cell: ({ decision }) => (decision === null ? t("progress.open") : t(`decisions.${decision.decision}`)),
      sortBy: ({ decision }) => decision?.decision ?? "",
    },
  ];
}
