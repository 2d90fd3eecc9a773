// The lines of a review: chosen many at once, also by keys (a: all that are shown and mine to decide, d: decide them).
import { Button, Group, Kbd, Modal, Text } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { usePages } from "../../shared/pages.ts";
import { useSession } from "../../shared/session.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DecideLines } from "./decide-lines.tsx";
import { useLineColumns } from "./line-columns.tsx";
import type { Shown } from "./review.tsx";

export type Line = AnswerOf<"listReviewLines">["items"][number];

const PAGE = 500;
const FLAGS = [
  "orphaned",
  "dormant",
  "unused",
  "separation-of-duty",
  "role-creep",
  "no-mfa",
  "shared",
  "privileged",
] as const;

function useAllLines(reviewId: string) {
  const pages = usePages("listReviewLines", { params: { reviewId }, query: { limit: PAGE } });
  const { hasMore, isLoading, load } = pages.more;
  useEffect(() => {
    if (hasMore && !isLoading) void load();
  }, [hasMore, isLoading, load]);
  return pages;
}

export function Lines({ review }: Pick<Shown, "review">): ReactNode {
  const t = useTranslations("reviews");
  const common = useTranslations("common");
  const { principalId } = useSession();
  const { rows, error, refetch, data } = useAllLines(review.reviewId);
  const shown = useFiltered(rows);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isDeciding, setDeciding] = useState(false);
  // INVARIANT: only lines that are the reader's to decide can be chosen; nobody is given a line on themselves.
  const own = useMemo(
    () =>
      review.state === "in-progress"
        ? shown.filter(({ reviewer, decision }) => reviewer === principalId && decision === null)
        : [],
    [review.state, shown, principalId],
  );
  const all = (): void => setChosen(chosen.size === own.length ? new Set() : new Set(own.map(({ lineId }) => lineId)));
  const decide = (): void => setDeciding(chosen.size > 0);
  useKeys({ a: all, d: decide });
  const columns = useLineColumns({ chosen, onChosen: setChosen, choosable: useMemo(() => idsOf(own), [own]) });
  const done = (): void => {
    setDeciding(false);
    setChosen(new Set());
  };
  return (
    <>
      <Trouble error={error} again={refetch} />
      {own.length > 0 && (
        <Group>
          <Button variant="default" size="sm" onClick={all} rightSection={<Kbd>a</Kbd>}>
            {t("chooseAll", { count: own.length })}
          </Button>
          <Button size="sm" disabled={chosen.size === 0} onClick={decide} rightSection={<Kbd>d</Kbd>}>
            {t("decideChosen", { count: chosen.size })}
          </Button>
        </Group>
      )}
      <Text size="sm" role="status">
        {t("shown", { count: shown.length })}
      </Text>
      <DataTable
        label={t("lines")}
        rows={shown}
        rowKey={({ lineId }) => lineId}
        columns={columns}
        filters={useFilters()}
        onExport={null}
        empty={data === undefined ? t("looking") : t("noLines")}
      />
      <Modal
        opened={isDeciding}
        onClose={() => setDeciding(false)}
        title={t("decideChosen", { count: chosen.size })}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <DecideLines reviewId={review.reviewId} lines={[...chosen]} onDone={done} />
      </Modal>
    </>
  );
}

const idsOf = (lines: readonly Line[]): ReadonlySet<string> => new Set(lines.map(({ lineId }) => lineId));

function useFiltered(rows: readonly Line[]): readonly Line[] {
  const { filter = {} } = useTableView().search;
  const { flag, suggestion, open } = filter;
  return useMemo(
    () =>
      rows.filter(
        (line) =>
          (flag === undefined || line.flags.some((each) => each === flag)) &&
          (suggestion === undefined || line.suggestion.decision === suggestion) &&
          (open === undefined || (line.decision === null) === (open === "open")),
      ),
    [rows, flag, suggestion, open],
  );
}

function useFilters() {
  const t = useTranslations("reviews");
  return [
    { key: "flag", label: t("flag"), options: FLAGS.map((value) => ({ value, label: t(`flags.${value}`) })) },
    {
      key: "suggestion",
      label: t("suggestion"),
      options: (["approve", "narrow", "revoke"] as const).map((value) => ({ value, label: t(`decisions.${value}`) })),
    },
    {
      key: "open",
      label: t("decision"),
      options: (["open", "decided"] as const).map((value) => ({ value, label: t(`progress.${value}`) })),
    },
  ];
}

/** Outside of fields and dialogs. */
function useKeys(bindings: Readonly<Record<string, () => void>>): void {
  const current = useRef(bindings);
  current.current = bindings;
  useEffect(() => {
    const listen = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): void => {
      const isTaken =
        target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, [role=dialog]") !== null;
      if (!isTaken && !ctrlKey && !metaKey && !altKey) current.current[key]?.();
    };
    document.addEventListener("keyup", listen);
    return () => document.removeEventListener("keyup", listen);
  }, []);
}
