// Nothing is there: said plainly, with what to do about it.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <Stack align="center" gap="xs" py="xl">
      <Text c="dimmed" ta="center">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
