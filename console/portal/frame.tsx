// The frame around the customers' pages: the way back to the start, the language, and the way out. Nothing else.
import { Box, Button, Container, Group, Text, UnstyledButton } from "@mantine/core";
import { IconLogout, IconShieldLock } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAttempt } from "../shared/attempt.ts";
import { LanguageMenu } from "../shared/language-menu.tsx";
import { SchemeToggle } from "../shared/scheme-toggle.tsx";
import { Trouble } from "../shared/trouble.tsx";
import { useSignOut } from "./sign-out.ts";

const WIDTH = "46rem";

export function Frame(): ReactNode {
  const common = useTranslations("common");
  const t = useTranslations("portal");
  const { isBusy, error, attempt } = useAttempt();
  const signOut = useSignOut();
  return (
    <>
      <a className="skip" href="#main">
        {common("skip")}
      </a>
      <Box component="header" style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}>
        <Container size={WIDTH} px="md" py="xs">
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <UnstyledButton component={Link} to="/" aria-label={`Uberrima: ${t("toStart")}`} mih={44}>
              <Group gap={6} wrap="nowrap" mih={44}>
                <IconShieldLock aria-hidden />
                <Text fw={600} visibleFrom="xs">
                  Uberrima
                </Text>
              </Group>
            </UnstyledButton>
            <Group gap={4} wrap="nowrap">
              <LanguageMenu />
              <SchemeToggle />
              <Button
                variant="default"
                px="sm"
                leftSection={<IconLogout size={18} aria-hidden />}
                loading={isBusy}
                onClick={() => void attempt(signOut)}
              >
                {common("signOut")}
              </Button>
            </Group>
          </Group>
        </Container>
      </Box>
      <Container size={WIDTH} px="md" py="lg" component="main" id="main">
        <Trouble error={error} />
        <Outlet />
      </Container>
    </>
  );
}
