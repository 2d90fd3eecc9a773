// How far a review has come, as a bar and in figures.
import { Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Picture } from "../../shared/pictures/picture.tsx";
import type { Shown } from "./review.tsx";

const COLOURS = { approve: "green.8", narrow: "yellow.7", revoke: "red.8", undecided: "gray.5" } as const;
const PARTS = ["approve", "narrow", "revoke", "undecided"] as const;

interface ProgressedProps {
  readonly totals: Shown["totals"];
  readonly lines: number;
}

export function Progressed({ totals, lines }: ProgressedProps): ReactNode {
  const t = useTranslations("reviews");
  const decided = lines - totals.undecided;
  return (
    <Picture
      title={t("progress.title")}
      summary={t("progress.summary", { decided, lines, flagged: totals.flagged, toDo: totals.toDo })}
      columns={[t("decision"), t("lines")]}
      rows={PARTS.map((part) => [t(`progress.${part}`), totals[part]])}
    >
      <Progress.Root size={28}>
        {PARTS.filter((part) => totals[part] > 0).map((part) => (
          <Progress.Section key={part} value={(totals[part] / Math.max(lines, 1)) * 100} color={COLOURS[part]} />
        ))}
      </Progress.Root>
    </Picture>
  );
}
