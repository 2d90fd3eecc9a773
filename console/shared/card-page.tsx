// A page before there is a session: one card, the name above it, language and looks below.
import { Card, Center, Container, Group, Text } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { LanguageMenu } from "./language-menu.tsx";
import { SchemeToggle } from "./scheme-toggle.tsx";

export function CardPage({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Container size="30rem" py="xl" px="md">
      <header>
        <Center mb="md">
          <IconShieldLock aria-hidden />
          <Text fw={600} ml="xs">
            Uberrima
          </Text>
        </Center>
      </header>
      <main>
        <Card withBorder padding="xl" shadow="sm">
          {children}
        </Card>
      </main>
      <Group component="footer" justify="center" mt="md">
        <LanguageMenu />
        <SchemeToggle />
      </Group>
    </Container>
  );
}
