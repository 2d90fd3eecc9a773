// Why a form cannot be sent yet: what is still missing or not right, by the names of its fields; read out with the button, and said aloud to whoever presses it.
import { Text } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";

/** Names of fields; whatever is no text lacks nothing. */
export type Lacks = readonly (string | false | null | undefined)[];

export interface Lacking {
  readonly isIncomplete: boolean;
  /** For the button that sends: it can still be reached and pressed, so that whoever cannot see why hears it. */
  readonly button: {
    readonly "aria-disabled"?: true;
    readonly "data-disabled"?: true;
    readonly "aria-describedby"?: string;
  };
  /** Stands above that button. */
  readonly hint: ReactNode;
  /** Sends, or says what is missing. */
  readonly send: (work: () => void) => void;
}

/** `isMore`: something is missing that has no name. */
export function useLacking(lacks: Lacks, isMore = false): Lacking {
  const t = useTranslations("common");
  const id = useId();
  const [presses, setPresses] = useState(0);
  const fields = lacks.filter((name) => typeof name === "string");
  const isIncomplete = isMore || fields.length > 0;
  return {
    isIncomplete,
    button: isIncomplete ? { "aria-disabled": true, "data-disabled": true, "aria-describedby": id } : {},
    hint: isIncomplete && (
      <Text key={presses} id={id} size="sm" {...(presses > 0 ? { role: "alert", fw: 600 } : {})}>
        {fields.length > 0 ? t("lacks.these", { fields: fields.join(", ") }) : t("lacks.some")}
      </Text>
    ),
    send: (work) => {
      if (isIncomplete) return setPresses((former) => former + 1);
      setPresses(0);
      work();
    },
  };
}
