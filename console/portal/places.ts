// What customers can do here, in the order of the start page.
import {
  IconEye,
  IconFileDownload,
  IconFileText,
  IconHandStop,
  IconScale,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";

export interface Place {
  readonly to: "/file" | "/who-looked" | "/permissions" | "/settings" | "/rights" | "/copies" | "/representatives";
  /** Of `portal.places`. */
  readonly name: "file" | "timeline" | "permissions" | "settings" | "rights" | "copies" | "people";
  readonly icon: TablerIcon;
}

export const PLACES: readonly Place[] = [
  { to: "/file", name: "file", icon: IconFileText },
  { to: "/who-looked", name: "timeline", icon: IconEye },
  { to: "/permissions", name: "permissions", icon: IconHandStop },
  { to: "/rights", name: "rights", icon: IconScale },
  { to: "/copies", name: "copies", icon: IconFileDownload },
  { to: "/representatives", name: "people", icon: IconUsers },
  { to: "/settings", name: "settings", icon: IconSettings },
];
