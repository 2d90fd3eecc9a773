// A part of the settings, with what it is for.
import { Card, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

export interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

export function Section({ title, lead, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} id={id}>
          {title}
        </Title>
        <Text c="dimmed">{lead}</Text>
        {children}
      </Stack>
    </Card>
  );
}
