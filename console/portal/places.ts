// What customers can do here, in the order of the start page.
import { IconFileText, type TablerIcon } from "@tabler/icons-react";

export interface Place {
  readonly to: "/file";
  /** Of `portal.places`. */
  readonly name: "file";
  readonly icon: TablerIcon;
}

export const PLACES: readonly Place[] = [{ to: "/file", name: "file", icon: IconFileText }];
