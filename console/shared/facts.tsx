// Names and what is known of each; what is not known is left out. Side by side where a page is given to them, below each other in a dialog.
import { SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";

export interface FactsProps {
  readonly of: readonly (readonly [name: string, value: ReactNode])[];
  /** As small cards across the page. */
  readonly isAcross?: boolean;
}

export function Facts({ of, isAcross = false }: FactsProps): ReactNode {
  const known = of.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const facts = known.map(([name, value]) => (
    <div key={name} className={isAcross ? undefined : "fact"}>
      <Text component="dt" size={isAcross ? "xs" : "sm"} c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="wrap">
        {value}
      </Text>
    </div>
  ));
  if (!isAcross) return <dl className="facts">{facts}</dl>;
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} m={0} verticalSpacing="sm">
      {facts}
    </SimpleGrid>
  );
}
