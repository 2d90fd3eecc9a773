// Bars upon each other; the drawing alone, for Picture to stand around.
import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import type { ReactNode } from "react";

const HEIGHT = 240;
const ROW_HEIGHT = 34;
const NAME_WIDTH = 150;

export interface StackedBarsProps {
  /** `name`, and a figure for each of the series by its name. */
  readonly data: readonly Readonly<Record<string, string | number>>[];
  readonly series: readonly { readonly name: string; readonly color: string }[];
  /** Names beside the bars, for long ones. */
  readonly isLying?: boolean;
}

export function StackedBars({ data, series, isLying = false }: StackedBarsProps): ReactNode {
  return (
    <BarChart
      h={isLying ? Math.max(HEIGHT, data.length * ROW_HEIGHT) : HEIGHT}
      data={[...data]}
      dataKey="name"
      type="stacked"
      orientation={isLying ? "vertical" : "horizontal"}
      series={[...series]}
      withLegend
      yAxisProps={isLying ? { width: NAME_WIDTH } : { width: 48, allowDecimals: false }}
      {...(isLying ? { xAxisProps: { allowDecimals: false } } : {})}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
