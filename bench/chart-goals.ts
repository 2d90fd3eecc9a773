// Draws how far each goal is reached: a bar to the right of the line is met, one to the left is missed.
import { type Goal, goalText, number, shareOfGoal, withUnit } from "./report.ts";
import { chart, element, line, round, text } from "./svg.ts";

const WIDTH = 860;
const LABELS = 430;
const RIGHT = 130;
const TOP = 64;
const ROW = 26;
/** Beyond this a bar is cut: how much better than needed does not matter. */
const SHARE_MIN = 1 / 8;
const SHARE_MAX = 8;
const TICKS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];

export function chartGoals(goals: readonly Goal[]): string {
  const rows = goals.flatMap((goal) => {
    const share = shareOfGoal(goal);
    return share === null ? [] : [{ goal, share }];
  });
  const height = TOP + ROW * rows.length + 40;
  const bottom = TOP + ROW * rows.length;
  const ticks = TICKS.flatMap((share) => {
    const x = xOf(share);
    const label = share < 1 ? `1/${1 / share}` : String(share);
    return [
      line([x, TOP], [x, bottom], share === 1 ? "goal" : "grid"),
      text(share === 1 ? "goal" : label, { x: round(x), y: bottom + 18, "text-anchor": "middle", class: "small" }),
    ];
  });
  const legend = "Times the goal, on a logarithmic scale. Right of the dashed line is met, left of it is missed.";
  const frame = { width: WIDTH, height, title: "Measured against the budgets", description: describe(rows) };
  return chart(frame, [
    text(legend, { x: 16, y: 48, class: "small" }),
    ...ticks,
    ...rows.flatMap((row, nth) => drawRow(row, TOP + ROW * nth)),
  ]);
}

interface Row {
  readonly goal: Goal;
  readonly share: number;
}

function drawRow({ goal, share }: Row, top: number): string[] {
  const verdict = share >= 1 ? "met" : "missed";
  const [from, to] = [Math.min(xOf(1), xOf(share)), Math.max(xOf(1), xOf(share))];
  const bar = { x: round(from), y: top + 5, width: round(Math.max(2, to - from)), height: ROW - 10, class: verdict };
  const baseline = top + ROW / 2 + 4;
  return [
    text(shorten(goal.what), { x: LABELS - 12, y: baseline, "text-anchor": "end" }),
    element("rect", bar),
    text(`${number(share)}× ${verdict}`, { x: WIDTH - RIGHT + 12, y: baseline }),
  ];
}

function xOf(share: number): number {
  const within = Math.min(SHARE_MAX, Math.max(SHARE_MIN, share));
  const place = Math.log(within / SHARE_MIN) / Math.log(SHARE_MAX / SHARE_MIN);
  return LABELS + place * (WIDTH - LABELS - RIGHT);
}

const LABEL_CHARACTERS_MAX = 58;

function shorten(label: string): string {
  return label.length <= LABEL_CHARACTERS_MAX ? label : `${label.slice(0, LABEL_CHARACTERS_MAX - 1)}…`;
}

function describe(rows: readonly Row[]): string {
  const each = rows.map(
    ({ goal, share }) =>
      `${goal.what}: ${withUnit(goal.ratio, goal.unit)}, goal ${goalText(goal)}, ${share >= 1 ? "met" : "missed"}.`,
  );
  return each.join(" ");
}
