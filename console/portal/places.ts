// What customers can do here, in the order of the start page.
import { IconEye, IconFileText, type TablerIcon } from "@tabler/icons-react";

export interface Place {
  readonly to: "/file" | "/who-looked";
  /** Of `portal.places`. */
  readonly name: "file" | "timeline";
  readonly icon: TablerIcon;
}

export const PLACES: readonly Place[] = [
  { to: "/file", name: "file", icon: IconFileText },
  { to: "/who-looked", name: "timeline", icon: IconEye },
];
