// Who did something, and when.
import type { ReactNode } from "react";
import { Moment } from "../../shared/moment.tsx";
import { Who } from "../governing/who.tsx";

export function By({ who, at }: { readonly who: string; readonly at: string }): ReactNode {
  return (
    <>
      <Who id={who} />, <Moment at={at} />
    </>
  );
}
