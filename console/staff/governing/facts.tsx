// Facts about one thing: what it is called, and what it is; those that do not apply are left out.
import { Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";

export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ReactNode])[] }): ReactNode {
  const known = of.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl style={{ display: "grid", gridTemplateColumns: "minmax(7rem, auto) 1fr", gap: "0.35rem 1rem", margin: 0 }}>
      {known.map(([name, value]) => (
        <Fragment key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
            {value}
          </Text>
        </Fragment>
      ))}
    </dl>
  );
}
