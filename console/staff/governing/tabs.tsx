// The pages of one area beside each other.
import { Anchor, Group } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface TabLink {
  readonly to: string;
  readonly name: string;
  readonly isOffered?: boolean;
}

export function Tabs({ label, of }: { readonly label: string; readonly of: readonly TabLink[] }): ReactNode {
  const { pathname } = useLocation();
  const offered = of.filter(({ isOffered }) => isOffered !== false);
  if (offered.length < 2) return null;
  return (
    <Group component="nav" aria-label={label} gap="lg">
      {offered.map(({ to, name }) => (
        <Anchor
          key={to}
          component={Link}
          to={to}
          size="sm"
          fw={pathname === to ? 700 : 400}
          underline={pathname === to ? "never" : "always"}
          aria-current={pathname === to ? "page" : undefined}
        >
          {name}
        </Anchor>
      ))}
    </Group>
  );
}
