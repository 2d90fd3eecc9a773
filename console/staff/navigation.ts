// Where the frame leads, in the order of a day's work. What a role has no right for is not offered; the server refuses it all the same.
import {
  IconApi,
  IconArchive,
  IconBell,
  IconBook2,
  IconBuilding,
  IconChartHistogram,
  IconDatabaseImport,
  IconFolders,
  IconGavel,
  IconGridDots,
  IconHandStop,
  IconHeadset,
  IconHome,
  IconListCheck,
  IconPackageExport,
  IconMail,
  IconScale,
  IconSchema,
  IconSettings,
  IconUserSearch,
  IconSpeakerphone,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Messages } from "use-intl";

export interface Place {
  readonly to: string;
  /** Of `common.places`. */
  readonly name: Exclude<keyof Messages["common"]["places"], "all">;
  readonly icon: TablerIcon;
  /** One of these rights, by the names of governance/access; left out: everybody. */
  readonly needs?: readonly string[];
  /** For whoever asks for customer information at all, by a purpose of their own. */
  readonly isOfCustomers?: true;
  /** Typed one after the other: goes there. */
  readonly keys: string;
}

export const PLACES: readonly Place[] = [
  { to: "/home", name: "home", icon: IconHome, keys: "g h" },
  { to: "/customers", name: "customers", icon: IconUserSearch, isOfCustomers: true, keys: "g c" },
  { to: "/desk", name: "desk", icon: IconHeadset, needs: ["caller.start"], keys: "g d" },
  {
    to: "/access/requests",
    name: "requests",
    icon: IconHandStop,
    keys: "g r",
    needs: ["grant.request", "break-glass.open", "grant.list", "reset.vouch", "caller.confirm"],
  },
  { to: "/rights", name: "rights", icon: IconScale, needs: ["right.read"], keys: "g q" },
  { to: "/people", name: "people", icon: IconUsers, keys: "g p", needs: ["staff.list"] },
  {
    to: "/access/assignments",
    name: "assignments",
    icon: IconFolders,
    keys: "g z",
    needs: ["assignment.list"],
  },
  { to: "/access/matrix", name: "matrix", icon: IconGridDots, keys: "g m", needs: ["policy.read"] },
  { to: "/clients", name: "clients", icon: IconApi, keys: "g k", needs: ["client.list"] },
  { to: "/reviews", name: "reviews", icon: IconListCheck, keys: "g v", needs: ["review.read", "review.decide"] },
  { to: "/demands", name: "demands", icon: IconGavel, keys: "g j", needs: ["demand.read"] },
  { to: "/sharing", name: "sharing", icon: IconPackageExport, needs: ["package.make", "package.oversee"], keys: "g x" },
  {
    to: "/recipients",
    name: "recipients",
    icon: IconBuilding,
    keys: "g n",
    needs: ["recipient.request", "recipient.approve", "package.oversee", "package.make"],
  },
  {
    to: "/retention",
    name: "retention",
    icon: IconArchive,
    keys: "g b",
    needs: ["hold.read", "data-copy.read", "disposal.read"],
  },
  { to: "/letters", name: "letters", icon: IconMail, keys: "g f", needs: ["letter.read"] },
  { to: "/tellings", name: "tellings", icon: IconSpeakerphone, keys: "g u", needs: ["telling.read"] },
  { to: "/alerts", name: "alerts", icon: IconBell, keys: "g w", needs: ["alert.list"] },
  { to: "/ethics", name: "ethics", icon: IconScale, keys: "g e" },
  { to: "/webhooks", name: "webhooks", icon: IconWebhook, needs: ["webhook.list"], keys: "g o" },
  { to: "/imports", name: "imports", icon: IconDatabaseImport, needs: ["import.run", "import.read"], keys: "g i" },
  { to: "/ledger", name: "ledger", icon: IconBook2, needs: ["ledger.read"], keys: "g l" },
  { to: "/pictures", name: "pictures", icon: IconChartHistogram, needs: ["statistics.read"], keys: "g t" },
  { to: "/schema", name: "schema", icon: IconSchema, keys: "g s" },
  { to: "/settings", name: "settings", icon: IconSettings, keys: "g ," },
];
