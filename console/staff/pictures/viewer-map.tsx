// The drawing of who saw a customer: the file in the middle, a line to each who looked, as thick as they looked often.
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const SIZE = 560;
const MIDDLE = SIZE / 2;
const RADIUS = 200;
const SHOWN_MAX = 16;

interface Viewer {
  readonly roleName: string;
  readonly shortId: string;
  readonly count: number;
}

export function ViewerMap({ viewers }: { readonly viewers: readonly Viewer[] }): ReactNode {
  const t = useTranslations("pictures");
  const shown = viewers.toSorted((one, other) => other.count - one.count).slice(0, SHOWN_MAX);
  const most = shown[0]?.count ?? 1;
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} width="100%" style={{ maxWidth: "36rem", display: "block", margin: "0 auto" }}>
      {shown.map(({ roleName, shortId, count }, at) => {
        const angle = (at / shown.length) * 2 * Math.PI - Math.PI / 2;
        const [x, y] = [MIDDLE + RADIUS * Math.cos(angle), MIDDLE + RADIUS * Math.sin(angle)];
        // On the side that the line does not come from.
        const nameAt = y < MIDDLE ? -43 : 38;
        return (
          <g key={`${shortId} ${roleName} ${at}`}>
            <line
              x1={MIDDLE}
              y1={MIDDLE}
              x2={x}
              y2={y}
              stroke="var(--mantine-color-ink-5)"
              strokeWidth={1 + (count / most) * 7}
            />
            <circle cx={x} cy={y} r={22} fill="var(--mantine-color-ink-6)" />
            <text x={x} y={y + 5} textAnchor="middle" fontSize={14} fill="white">
              {count}
            </text>
            <text x={x} y={y + nameAt} textAnchor="middle" fontSize={12} fill="currentColor">
              {roleName}
            </text>
            <text x={x} y={y + nameAt + 15} textAnchor="middle" fontSize={11} fill="var(--mantine-color-dimmed)">
              {shortId}
            </text>
          </g>
        );
      })}
      <circle cx={MIDDLE} cy={MIDDLE} r={40} fill="var(--mantine-color-ink-8)" />
      <text x={MIDDLE} y={MIDDLE + 5} textAnchor="middle" fontSize={14} fill="white">
        {t("viewers.file")}
      </text>
    </svg>
  );
}
