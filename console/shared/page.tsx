// One page: its heading, which gets the focus when it comes up, so that whoever listens hears where they are; and its parts.
import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

export interface PageProps {
  /** Also the window's title; INVARIANT: never of a customer's, which would stand in histories and on screens shared. */
  readonly title: string;
  readonly lead?: ReactNode;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, children }: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Uberrima`;
    // A field that wants the focus at once has it already.
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="start">
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {actions}
      </Group>
      {lead !== undefined && <Text c="dimmed">{lead}</Text>}
      {children}
    </Stack>
  );
}
