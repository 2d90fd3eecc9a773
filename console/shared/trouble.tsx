// Tells of a failure: what it is, what to do next, and how to try again; read out when it comes up.
import { Alert, Button, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { fieldPathAt, nameAt } from "./field-names.ts";
import { isNotFound, Refused } from "./refused.ts";
import { useFieldNames } from "./use-field-names.ts";

export interface TroubleProps {
  /** null shows nothing. */
  readonly error: unknown;
  readonly again?: () => unknown;
}

export function Trouble({ error, again }: TroubleProps): ReactNode {
  const say = useWords();
  const sayDetail = useDetails();
  const t = useTranslations("common");
  if (error === null || error === undefined) return null;
  const details = error instanceof Refused ? (error.problem.errors ?? []) : [];
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={say(error)} my="sm">
      {details.length > 0 && (
        <List size="sm">
          {details.map((one) => (
            <List.Item key={one.pointer + one.detail}>{sayDetail(one)}</List.Item>
          ))}
        </List>
      )}
      {again !== undefined && !isForGood(error) && (
        <Button size="xs" variant="default" mt="xs" onClick={() => again()}>
          {t("again")}
        </Button>
      )}
    </Alert>
  );
}

/** What a right is missing for, or what is not there, does not come by asking again. */
const isForGood = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof Refused && error.code === "not-permitted");

/** A failure in the reader's words: by its code where we have some, else as the server put it. */
function useWords(): (error: unknown) => string {
  const t = useTranslations("problems");
  return (error) => {
    if (error instanceof Refused) {
      const key = error.code as Parameters<typeof t>[0];
      const minutes = Math.max(1, Math.ceil((error.waitSeconds ?? 0) / 60));
      return t.has(key) ? t(key, { minutes }) : sentence(error.message);
    }
    if (!(error instanceof DOMException)) return t("page");
    // What a browser says of passkeys is for programmers; here it is for people.
    return t(error.name === "InvalidStateError" ? "passkey-there" : "passkey-unused");
  };
}

type Detail = NonNullable<Refused["problem"]["errors"]>[number];

/** What is wrong with one thing that was sent: a field by its name and in words, whatever else as the server put it. */
function useDetails(): (of: Detail) => string {
  const t = useTranslations("problems");
  const names = useFieldNames();
  return ({ pointer, code, detail }) => {
    const path = fieldPathAt(pointer);
    const name = path === null ? nameAt(pointer) : names.field(path);
    const key = `values.${code}` as "values.empty";
    const what = path !== null && t.has(key) ? t(key) : detail;
    return name === null ? what : t("ofField", { field: name, what });
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
