// Draws how a figure grows with a size: sizes on a logarithmic axis, values from nothing up, so that flat looks flat.
import { type Growth, type Point, type Series, number } from "./report.ts";
import { chart, element, line, mark, round, SERIES_MAX, text } from "./svg.ts";

const WIDTH = 760;
const PLOT = { left: 84, right: 730, bottom: 330 };
const LEGEND_TOP = 54;
const LEGEND_ROW = 20;
const HEIGHT = 384;
const TICKS_ABOUT = 5;

interface Scales {
  readonly x: (size: number) => number;
  readonly y: (value: number) => number;
  readonly top: number;
  readonly ticks: readonly number[];
}

export function chartGrowth(growth: Growth): string {
  const { title, by, unit } = growth;
  // More lines than can be told apart stand in the table alone.
  const series = growth.series.slice(0, SERIES_MAX);
  const scales = scalesOf(series);
  const frame = { width: WIDTH, height: HEIGHT, title: `${title} (${unit})`, description: describe(growth) };
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(({ size }) => size)))];
  return chart(frame, [
    ...series.flatMap(({ name }, nth) => legend(name, nth)),
    ...scales.ticks.flatMap((tick) => [
      line([PLOT.left, scales.y(tick)], [PLOT.right, scales.y(tick)], "grid"),
      text(number(tick), { x: PLOT.left - 8, y: round(scales.y(tick)) + 4, "text-anchor": "end", class: "small" }),
    ]),
    line([PLOT.left, PLOT.bottom], [PLOT.right, PLOT.bottom], "axis"),
    ...sizes.map((size) =>
      text(number(size), { x: round(scales.x(size)), y: PLOT.bottom + 18, "text-anchor": "middle", class: "small" }),
    ),
    text(by, { x: (PLOT.left + PLOT.right) / 2, y: PLOT.bottom + 40, "text-anchor": "middle" }),
    ...series.flatMap(({ points }, nth) => trace(points, nth, scales)),
  ]);
}

function legend(name: string, nth: number): string[] {
  const y = LEGEND_TOP + LEGEND_ROW * nth;
  return [mark(nth, 24, y - 4), text(name, { x: 36, y, class: "small" })];
}

function trace(points: readonly Point[], nth: number, { x, y }: Scales): string[] {
  const path = points.map(({ size, value }) => `${round(x(size))},${round(y(value))}`).join(" ");
  return [
    element("polyline", { points: path, class: `trace stroke-${nth}` }),
    ...points.map(({ size, value }) => mark(nth, x(size), y(value))),
  ];
}

function scalesOf(series: readonly Series[]): Scales {
  const points = series.flatMap((one) => one.points);
  const sizes = points.map(({ size }) => Math.log(size));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const ticks = ticksTo(Math.max(...points.map(({ value }) => value)));
  const highest = ticks.at(-1) ?? 1;
  const top = LEGEND_TOP + LEGEND_ROW * series.length;
  const inset = 36;
  return {
    x: (size) => {
      const place = most === least ? 0.5 : (Math.log(size) - least) / (most - least);
      return PLOT.left + inset + place * (PLOT.right - PLOT.left - 2 * inset);
    },
    y: (value) => PLOT.bottom - (value / highest) * (PLOT.bottom - top),
    top,
    ticks,
  };
}

const LEAST_SHOWN = 1e-300;

/** Round numbers from 0 to the first that is no less than `most`. */
function ticksTo(most: number): number[] {
  // Below what a fifth of it can still be told from nothing, it is nothing.
  if (!(most > LEAST_SHOWN)) return [0, 1];
  const rough = most / TICKS_ABOUT;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.ceil(most / stride) + 1 }, (_, nth) => nth * stride);
}

function describe({ by, unit, series }: Growth): string {
  const each = series.map(({ name, points }) => {
    const values = points.map(({ size, value }) => `${number(value)} at ${number(size)}`);
    return `${name}: ${values.join(", ")}.`;
  });
  return `In ${unit}, by ${by}. ${each.join(" ")}`;
}
