// One look: who, why and what kinds of information, at a glance; the rest of it when it is opened.
import { Box, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { Moment } from "../../shared/moment.tsx";
import { LineDetails } from "./line-details.tsx";
import classes from "./one-line.module.css";
import type { Line } from "./rows.ts";
import { useLineWords } from "./words.tsx";

export interface OneLineProps {
  readonly line: Line;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly customerId: string | undefined;
}

export function OneLine({ line, isOpen, onToggle, customerId }: OneLineProps): ReactNode {
  const { who, did, purpose, topics } = useLineWords()(line);
  const id = useId();
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <Box className={classes["line"]} data-line={line.entryId}>
      <UnstyledButton className={classes["head"]} onClick={onToggle} aria-expanded={isOpen} aria-controls={id}>
        <Group wrap="nowrap" justify="space-between" gap="sm" align="start">
          <div>
            <Text fw={600}>{who}</Text>
            <Text>{purpose === null ? did : `${did} ${purpose}`}</Text>
            {topics.length > 0 && (
              <Text size="sm" c="dimmed">
                {topics.join(" · ")}
              </Text>
            )}
          </div>
          <Group gap={4} wrap="nowrap" c="dimmed" style={{ flexShrink: 0, whiteSpace: "nowrap" }}>
            <Text size="sm">
              <Moment at={line.at} timeOnly />
            </Text>
            <Chevron size={20} aria-hidden />
          </Group>
        </Group>
      </UnstyledButton>
      <div id={id}>{isOpen && <LineDetails line={line} customerId={customerId} />}</div>
    </Box>
  );
}
