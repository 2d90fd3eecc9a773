// The frame around every page: where one can go, finding a customer, one's own account.
import { AppShell, Box, Burger, Button, Group, Menu, NavLink, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconShieldLock } from "@tabler/icons-react";
import { Link, Outlet, useLocation, useMatchRoute, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { LanguageMenu } from "../shared/language-menu.tsx";
import { SchemeToggle } from "../shared/scheme-toggle.tsx";
import { useMay, useSession } from "../shared/session.ts";
import { FindBox } from "./customers/find-box.tsx";
import { asksForCustomers } from "./customers/purposes.ts";
import { PLACES, type Place } from "./navigation.ts";
import { useSignOut } from "./sign-out.ts";
import { useTypedKeys } from "./typed-keys.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

export function Frame(): ReactNode {
  const t = useTranslations("common");
  const [isOpen, { toggle, close }] = useDisclosure();
  const navigate = useNavigate();
  useTypedKeys(usePlaces().map(({ keys, to }) => [keys, () => void navigate({ to })]));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding="md"
      transitionDuration={0}
    >
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("menu")}
              aria-expanded={isOpen}
            />
            <IconShieldLock aria-hidden />
            <Text fw={600} visibleFrom="xs">
              Uberrima
            </Text>
          </Group>
          <HeaderBox />
          <Group gap="xs" wrap="nowrap">
            <LanguageMenu />
            <SchemeToggle />
            <OwnMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={t("places.all")}>
        <ScrollArea>
          <Places onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <Outlet />
      </AppShell.Main>
      <Suspense>
        <Palette />
      </Suspense>
    </AppShell>
  );
}

/** Those that the role has something to do at. */
export function usePlaces(): readonly Place[] {
  const may = useMay();
  const session = useSession();
  return PLACES.filter(
    ({ needs, isOfCustomers }) =>
      (needs === undefined || needs.some(may)) && (isOfCustomers === undefined || asksForCustomers(session)),
  );
}

/** Where the page has a box of its own, that one is it. */
function HeaderBox(): ReactNode {
  const session = useSession();
  const isAt = useMatchRoute();
  if (!asksForCustomers(session) || isAt({ to: "/customers" }) !== false) return null;
  return (
    <Box visibleFrom="sm" flex={1} maw="26rem">
      <FindBox isInHeader />
    </Box>
  );
}

function Places({ onGo }: { readonly onGo: () => void }): ReactNode {
  const t = useTranslations("common");
  const { pathname } = useLocation();
  return usePlaces().map(({ to, name, icon: Icon }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={t(`places.${name}`)}
      leftSection={<Icon size={18} aria-hidden />}
      active={pathname === to || pathname.startsWith(`${to}/`)}
      aria-current={pathname === to ? "page" : undefined}
      onClick={onGo}
    />
  ));
}

function OwnMenu(): ReactNode {
  const t = useTranslations("common");
  const session = useSession();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="sm" px="xs" rightSection={<IconChevronDown size={14} aria-hidden />}>
          <Text span size="sm" truncate maw={{ base: "5.5rem", sm: "9rem" }}>
            {session.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("signedInAs", { role: t(`roles.${session.role}`) })}</Menu.Label>
        <Menu.Item component={Link} to="/account">
          {t("account")}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t("signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
